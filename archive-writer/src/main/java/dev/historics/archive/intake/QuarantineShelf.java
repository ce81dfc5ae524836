package dev.historics.archive.intake;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What imports put aside, to look at. A lot that was tried again has a new version beside it until
 * the one before is removed; only the newest counts.
 */
public final class QuarantineShelf {
  private static final String SOURCE = "source=";
  private static final Pattern NAME = Pattern.compile("(.+?)(?:~([1-9][0-9]{0,8}))?\\.ndjson");

  private final ArchiveFiles files;

  public QuarantineShelf(Archive archive) {
    this.files = archive.files();
  }

  /**
   * The records of one source that one import put aside.
   *
   * @param version how often it was tried again
   */
  public record Lot(String source, String batch, int version, long bytes) {
    /** Where it lies, below the archive's root. */
    public String path() {
      String suffix = version == 0 ? "" : "~" + version;
      return "%s/%s%s/%s%s.ndjson".formatted(Quarantine.DIRECTORY, SOURCE, source, batch, suffix);
    }
  }

  /**
   * How many records a lot has, and why.
   *
   * @param finalCount how many of them cannot be tried again, being cut or not even a record
   */
  public record Summary(long records, long finalCount, List<Reasons.Reason> reasons) {
    public Summary {
      reasons = List.copyOf(reasons);
    }
  }

  /** Who is shown the records of a lot. */
  @FunctionalInterface
  interface Visitor {
    void visit(QuarantineEntry entry) throws IOException;
  }

  /** Everything that was put aside and is still there, by source and batch. */
  public List<Lot> lots() throws IOException {
    List<Lot> lots = new ArrayList<>();
    for (String directory : files.list(Quarantine.DIRECTORY)) {
      if (directory.startsWith(SOURCE)) {
        newest(directory.substring(SOURCE.length()))
            .filter(lot -> lot.bytes() > 0)
            .forEach(lots::add);
      }
    }
    return lots;
  }

  private Stream<Lot> newest(String source) throws IOException {
    SortedMap<String, Lot> byBatch = new TreeMap<>();
    for (Lot lot : all(source)) {
      byBatch.merge(lot.batch(), lot, BinaryOperator.maxBy(Comparator.comparingInt(Lot::version)));
    }
    return byBatch.values().stream();
  }

  private List<Lot> all(String source) throws IOException {
    List<Lot> all = new ArrayList<>();
    String directory = Quarantine.DIRECTORY + "/" + SOURCE + source;
    for (String name : files.list(directory)) {
      Matcher parts = NAME.matcher(name);
      if (parts.matches()) {
        int version = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        long bytes = files.length(directory + "/" + name);
        all.add(new Lot(source, parts.group(1), version, bytes));
      }
    }
    return all;
  }

  /** The versions of a source's lots that no longer count, and could not be removed at once. */
  public List<Lot> superseded(String source) throws IOException {
    List<Lot> newest = newest(source).toList();
    return all(source).stream().filter(lot -> !newest.contains(lot)).toList();
  }

  /**
   * Writes a lot as it is kept: one JSON object a line, with reason, input, line, offset, record;
   * and {@code "retry":false} if it cannot be tried again.
   */
  public void copy(Lot lot, OutputStream target) throws IOException {
    try (ArchiveInput input = files.open(lot.path())) {
      input.stream().transferTo(target);
    }
  }

  /** Counts the records of a lot and their reasons. */
  public Summary summary(Lot lot) throws IOException {
    Reasons reasons = new Reasons();
    long[] counts = new long[2];
    read(
        lot,
        entry -> {
          InputRecord record = entry.record();
          counts[0]++;
          counts[1] += record.canBeRetried() ? 0 : 1;
          reasons.add(record.refusal(), entry.input() + ":" + record.line(), "");
        });
    return new Summary(counts[0], counts[1], reasons.all());
  }

  /** Shows all records of a lot, in order. */
  void read(Lot lot, Visitor visitor) throws IOException {
    try (BufferedReader lines = open(lot)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        visitor.visit(entry(lot, ++number, line));
      }
    }
  }

  /** The lines of a lot; the caller closes it. */
  BufferedReader open(Lot lot) throws IOException {
    return new BufferedReader(
        new InputStreamReader(files.open(lot.path()).stream(), StandardCharsets.UTF_8));
  }

  /**
   * Reads one line of a lot, and makes nothing of it.
   *
   * @throws IOException if it is damaged; says how
   */
  public static void requireWhole(String line) throws IOException {
    QuarantineEntry.parse(line);
  }

  static QuarantineEntry entry(Lot lot, long number, String line) throws IOException {
    try {
      return QuarantineEntry.parse(line);
    } catch (IOException e) {
      throw new IOException(
          "%s:%d: the quarantine is damaged: %s".formatted(lot.path(), number, e.getMessage()), e);
    }
  }
}
