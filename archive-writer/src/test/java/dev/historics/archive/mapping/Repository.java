package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Where tests find the shipped mappings and the folder of real data. */
final class Repository {
  private Repository() {}

  /** The mapping that ships for {@code source}. */
  static SourceMapping shipped(String source) {
    try {
      return SourceMapping.load(sources().resolve(source + ".yaml"));
    } catch (IOException | InvalidMappingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path sources() {
    Path sources = above("conf/sources");
    assertThat(sources).isDirectory();
    return sources;
  }

  /** A file or folder of real data; the test is skipped where there is none. */
  static Path data(String name) {
    Path found = above("shared/data").resolve(name);
    Assumptions.assumeTrue(Files.exists(found), () -> "no real data at " + found);
    return found;
  }

  private static Path above(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve(name))) {
      folder = folder.getParent();
    }
    return folder.resolve(name);
  }

  /** The lines of a compressed file, cut at line feeds alone. */
  static List<byte[]> lines(Path file) {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          lines.add(line.toByteArray());
          line.reset();
        } else {
          line.write(b);
        }
      }
      assertThat(line.size()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
