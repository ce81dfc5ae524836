package dev.historics.bench;

import com.sun.management.ThreadMXBean;
import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.filter.Definition;
import dev.historics.filter.Library;
import dev.historics.filter.Matcher;
import dev.historics.filter.RuleSet;
import dev.historics.filter.TargetDictionary;
import dev.historics.jobs.DayScan;
import dev.historics.jobs.Dialect;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a scan allocates on the heap for each further row, and what many rules hold there. */
final class AllocationBench {
  private static final int RUNS = 5;
  private static final int SMALL_PART = 4;
  private static final int RULES_MAX = 10_000;

  private final Data large;
  private final PrintStream out;
  private final Dialect dialect;

  private AllocationBench(Data large, PrintStream out) throws Exception {
    this.large = large;
    this.out = out;
    this.dialect = large.dialect();
  }

  /** A sealed day. */
  private record Sealed(Archive archive, Manifest day) {}

  static void run(Data data, PrintStream out) throws Exception {
    new AllocationBench(data, out).run();
  }

  private void run() throws Exception {
    Path work = Data.work();
    Path less = Data.work();
    try (DuckDb duck = new DuckDb()) {
      Sealed all = sealed(large, work);
      Sealed part = sealed(new Data(large.given(), large.rows() / SMALL_PART), less);
      Path file =
          Path.of(all.archive().files().root()).resolve(all.day().pathOf(all.day().files().get(0)));
      Words words = Words.of(duck, file);
      out.printf(
          Locale.ROOT,
          "%,d and %,d %s, one sealed file each%n%-24s %18s %18s%n",
          part.day().rows(),
          all.day().rows(),
          large.describe(),
          "rule",
          "bytes a row",
          "once a scan");
      for (int rules : new int[] {1, 100, RULES_MAX}) {
        report("%,d x contains".formatted(rules), rules(words.take(rules)), all, part);
      }
      for (String rule : oneColumn()) {
        report(rule, List.of(rule), all, part);
      }
      compiled(rules(words.take(RULES_MAX)));
    } finally {
      Data.delete(work);
      Data.delete(less);
    }
  }

  private static Sealed sealed(Data data, Path work) throws Exception {
    Manifest day = data.sealed(work);
    return new Sealed(Data.archive(work), day);
  }

  private static List<String> rules(List<String> words) {
    return words.stream().map(word -> "interaction.content contains \"" + word + "\"").toList();
  }

  private List<String> oneColumn() {
    return List.of(
        "interaction.content substr \"" + large.word() + "\"",
        "language.tag == \"de\"",
        large.count() + " > 10000",
        "interaction.content regex_partial \"[0-9]{3}-[0-9]{4}\"");
  }

  /** Two days of unequal size tell what a row takes and what a scan takes once. */
  private void report(String name, List<String> rules, Sealed all, Sealed part) throws Exception {
    long ofAll = allocated(all, rules);
    long ofPart = allocated(part, rules);
    double perRow = (ofAll - ofPart) / (double) (all.day().rows() - part.day().rows());
    out.printf(
        Locale.ROOT,
        "%-24s %18.2f %,15.0f KB%n",
        name.length() <= 24 ? name : name.substring(0, 23) + "…",
        perRow,
        (ofAll - perRow * all.day().rows()) / 1024);
  }

  /** Bytes that one scan allocates on its thread, once its code is compiled. */
  private long allocated(Sealed sealed, List<String> rules) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] bytes = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      DayScan.count(sealed.archive(), sealed.day(), rules, dialect);
      bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(bytes);
    return bytes[RUNS / 2];
  }

  private void compiled(List<String> rules) throws Exception {
    TargetDictionary dictionary = Dialect.dictionary(List.of(dialect));
    long before = used();
    long started = System.nanoTime();
    List<Definition> definitions = new ArrayList<>();
    for (String rule : rules) {
      definitions.add(
          Definition.compile("rule " + definitions.size(), rule, dictionary, Library.empty()));
    }
    Matcher matcher = RuleSet.of(definitions).matcher();
    try {
      double seconds = (System.nanoTime() - started) / 1e9;
      out.printf(
          Locale.ROOT,
          "%,d rules are compiled in %.2f s and hold %.1f MB of the heap%n",
          rules.size(),
          seconds,
          (used() - before) / 1e6);
    } finally {
      Reference.reachabilityFence(definitions);
      Reference.reachabilityFence(matcher);
    }
  }

  /**
   * Bytes of the heap that somebody refers to; what a first collection finalizes, a second takes.
   */
  private static long used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
