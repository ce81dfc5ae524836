package dev.historics.archive.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The real records that lie beside the repository, where they do. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of it; the test is skipped if there is none. */
  public static Path at(String path) {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/data").resolve(path))) {
      above = above.getParent();
    }
    assumeTrue(above != null, "no shared/data/" + path);
    return above.resolve("shared/data").resolve(path);
  }

  /** The lines of a gzipped file. */
  public static List<String> lines(String path) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(at(path))), StandardCharsets.UTF_8))) {
      return List.of(reader.lines().toArray(String[]::new));
    }
  }
}
