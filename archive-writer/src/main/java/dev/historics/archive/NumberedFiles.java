package dev.historics.archive;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.kill.KillPoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Small files {@code 00000001.json}, {@code 00000002.json} and so on in one directory, each a
 * version of the same thing. A version becomes visible whole and in one step, only if nobody else
 * took its number, and never changes. Safe for use by many threads and many processes.
 */
public final class NumberedFiles {
  private static final Pattern NAME = Pattern.compile("\\d{8,}\\.json");

  private final ArchiveFiles files;
  private final String directory;
  private final String staging;
  private final String what;

  /**
   * @param directory where the files lie, below the root; it need not exist
   * @param staging a directory for files that are being made
   * @param what the files are, in one word, such as {@code manifest}
   */
  public NumberedFiles(ArchiveFiles files, String directory, String staging, String what) {
    this.files = files;
    this.directory = directory;
    this.staging = staging;
    this.what = what;
  }

  /** Where a version lies, below the root. */
  public String path(long number) {
    return path(directory, number);
  }

  static String path(String directory, long number) {
    return "%s/%08d.json".formatted(directory, number);
  }

  /**
   * The newest version's number; empty if there is none.
   *
   * @throws ManifestFormatException if something else lies there
   */
  public OptionalLong newest() throws IOException {
    long newest = 0;
    for (String name : files.list(directory)) {
      if (!NAME.matcher(name).matches()) {
        throw new ManifestFormatException(
            ArchivePaths.in(directory, name),
            "expected only %ss such as '00000012.json' here; move this file away".formatted(what));
      }
      newest = Math.max(newest, Long.parseLong(name.substring(0, name.indexOf('.'))));
    }
    return newest == 0 ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /**
   * The content of one version.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such version
   */
  public byte[] read(long number) throws IOException {
    return readAll(path(number));
  }

  private byte[] readAll(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      byte[] bytes = new byte[Math.toIntExact(in.length())];
      in.readFully(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  /**
   * Makes a version visible.
   *
   * @param text unlike what anybody else would publish under this number
   * @return false if the number is taken
   * @throws UnconfirmedPublishException if it may be visible: delete nothing that it names
   * @throws IOException if it is not
   */
  public boolean publish(long number, byte[] text) throws IOException {
    KillPoint.MANIFEST_BEFORE_STAGE.reached();
    String staged = stage(number, text);
    KillPoint.MANIFEST_BEFORE_PUBLISH.reached();
    String target = path(number);
    try {
      return files.publish(staged, target) || discard(staged);
    } catch (IOException e) {
      return confirm(staged, target, text, e);
    }
  }

  /** Whether what lies at {@code target} is ours, after the answer to that was lost. */
  private boolean confirm(String staged, String target, byte[] text, IOException lost)
      throws IOException {
    try {
      return files.publish(staged, target) || Arrays.equals(text, readAll(target));
    } catch (IOException e) {
      e.addSuppressed(lost);
      throw new UnconfirmedPublishException(target, e);
    }
  }

  /** Removes what lost a race. Always false. */
  private boolean discard(String staged) throws IOException {
    files.delete(staged);
    return false;
  }

  /** Writes a version whole to a name of its own, from where it can be published. */
  private String stage(long number, byte[] text) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String path = "%s/%s-%08d-%d.json".formatted(staging, what, number, attempt);
      try (ArchiveOutput out = files.create(path)) {
        out.write(text, 0, text.length);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      return path;
    }
  }
}
