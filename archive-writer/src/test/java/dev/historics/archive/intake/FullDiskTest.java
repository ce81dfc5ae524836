package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk, or a quota on it, has no room for what an import writes. */
class FullDiskTest {
  private static final List<String> RECORDS = records();

  private final ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
  private long room;

  private static List<String> records() {
    List<String> records = new ArrayList<>(Records.some("a", 300, 3, 1));
    records.add(100, "no JSON");
    return records;
  }

  /** The files, as long as there is room. */
  private ArchiveFiles disk() {
    return (ArchiveFiles)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ArchiveFiles.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(files, arguments);
                return result instanceof ArchiveOutput out ? new Limited(out) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private synchronized int take(int length) {
    int fits = (int) Math.min(room, length);
    room -= fits;
    return fits;
  }

  private final class Limited extends ArchiveOutput {
    private final ArchiveOutput out;

    private Limited(ArchiveOutput out) {
      this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int fits = take(length);
      out.write(bytes, offset, fits);
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  @ParameterizedTest(name = "commit every {0}, {1} threads")
  @CsvSource({"50, 1", "9999, 1", "9999, 2"})
  void an_import_stops_cleanly_and_goes_on_when_there_is_room_again(long every, int threads)
      throws IOException {
    byte[] input = String.join("\n", RECORDS).getBytes(StandardCharsets.UTF_8);
    ImportSettings settings =
        ImportSettings.STANDARD
            .withOpenDaysMax(1)
            .withMemoryBytesMax(ImportSettings.MEMORY_BYTES_MIN)
            .withThreads(threads);
    CommitPolicy commits = new CommitPolicy(every, CommitPolicy.Bell.SILENT);
    Archive full = Archives.over(disk());
    boolean isDone = false;
    for (int tries = 0; !isDone && tries < 200; tries++) {
      room = 1500L * tries;
      try {
        ImportReport report =
            Archives.load(full, "b" + tries, settings, commits, Records.input("in", input));
        isDone = true;
        assertThat(report.read()).isEqualTo(301);
      } catch (IOException e) {
        assertThat(e)
            .hasMessageStartingWith("import b%d stopped, ".formatted(tries))
            .hasMessageEndingWith(
                ": No space left on device; when that is mended, run it again: nothing is stored"
                    + " twice");
      }

      assertThat(Archives.ids(full)).doesNotHaveDuplicates();
      for (SourceDay day : full.days()) {
        assertThat(new Verifier(full).verify(day)).isEmpty();
      }
      assertThat(Archives.paths(files, "")).noneMatch(path -> path.contains("spool"));
    }
    assertThat(isDone).isTrue();
    assertThat(Archives.ids(full)).hasSize(300);
  }
}
