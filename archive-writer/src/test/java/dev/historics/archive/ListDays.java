package dev.historics.archive;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Prints the days of an archive, for a test that starts it in a JVM of its own. */
final class ListDays {
  private ListDays() {}

  public static void main(String[] arguments) throws IOException {
    try (Archive archive = Archive.at(URI.create(arguments[0]), InstantSource.system())) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      for (SourceDay day : archive.days()) {
        DaySummary summary = DaySummary.of(archive.newest(day).orElseThrow());
        out.printf("%s %s%n", day, summary);
      }
    }
  }
}
