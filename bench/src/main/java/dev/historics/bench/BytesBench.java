package dev.historics.bench;

import dev.historics.archive.Manifest;
import dev.historics.jobs.DayScan;
import dev.historics.jobs.DayScan.Window;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How much of a sealed day questions read. */
final class BytesBench {
  private static final String CONTENT = "interaction.content contains \"music\"";

  private BytesBench() {}

  /**
   * @param rule in CSDL
   */
  private record Case(String name, String rule, Window window) {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      Manifest day = data.sealed(work);
      out.printf(
          Locale.ROOT,
          "%,d %s in one sealed file of %,d bytes, %d targets with a column%n",
          day.rows(),
          data.describe(),
          day.bytes(),
          day.files().get(0).columns().size());
      for (Case each : cases(data, day)) {
        long read =
            DayScan.scan(
                    Data.archive(work), day, List.of(each.rule()), data.dialect(), each.window())
                .bytesRead();
        out.printf(
            Locale.ROOT,
            "%-44s %,12d bytes  %5.1f %%%n",
            each.name(),
            read,
            100.0 * read / day.bytes());
      }
    } finally {
      Data.delete(work);
    }
  }

  private static List<Case> cases(Data data, Manifest day) {
    Window all = Window.all(day.day());
    Instant noon = all.from().plus(Duration.ofHours(12));
    Window hour = new Window(noon, noon.plus(Duration.ofHours(1)), 100);
    return List.of(
        new Case("a word in the content, 100 %", CONTENT, all),
        new Case("a word in the content, 10 % sample", CONTENT, sample(all, 10)),
        new Case("a word in the content, 1 % sample", CONTENT, sample(all, 1)),
        new Case("a word in the content, one hour", CONTENT, hour),
        new Case("a language", "language.tag == \"de\"", all),
        new Case(
            "three columns",
            "language.tag == \"de\" and interaction.author.username == \"x\" and "
                + data.count()
                + " > 10",
            all));
  }

  private static Window sample(Window all, double percent) {
    return new Window(all.from(), all.to(), percent);
  }
}
