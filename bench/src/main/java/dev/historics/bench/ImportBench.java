package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.intake.ImportReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Our import and compaction, and DuckDB that turns the same NDJSON into Parquet with zstd, one
 * thread each: all fields alone, and six fields with the whole JSON, which is nearer to what an
 * archive keeps. And how large everything is beside the gzip'ed input.
 */
final class ImportBench {
  private static final int RUNS = 3;

  private final Data data;
  private final Path work;
  private final Path input;
  private final PrintStream out;
  private int homes;

  private ImportBench(Data data, Path work, PrintStream out) throws IOException {
    this.data = data;
    this.work = work;
    this.input = work.resolve("input.ndjson");
    this.out = out;
    data.writePlain(work, input);
  }

  /** What one import and one compaction left. */
  private record Sizes(long records, long rawBytes, long landing, long sealed) {}

  static void run(Data data, PrintStream out) throws Exception {
    Path work = Data.work();
    try {
      new ImportBench(data, work, out).run();
    } finally {
      Data.delete(work);
    }
  }

  private void run() throws Exception {
    long bytes = Files.size(input);
    out.printf(
        Locale.ROOT,
        "import of %s, %,d bytes of NDJSON, one thread each%n",
        data.describe(),
        bytes);
    Path landed = work.resolve("landed");
    long records = importTo(landed).read();
    Runs[] imports =
        Runs.inTurn(
            RUNS,
            () -> importTo(work.resolve("home" + homes++)),
            () -> duckdb(data.someFieldsAndJson(input), "json"));
    Runs fields = Runs.of(RUNS, () -> duckdb("* FROM read_ndjson('%s')".formatted(input), "all"));
    Deque<Archive> copies = new ArrayDeque<>();
    for (int run = 0; run <= RUNS; run++) {
      copies.add(copy(landed));
    }
    Runs compaction = Runs.of(RUNS, () -> data.compact(copies.remove()));
    Archive archive = copy(landed);
    Sizes before = sizes(archive);
    data.compact(archive);
    Sizes after = sizes(archive);
    rate("import to landing", records, bytes, imports[0]);
    rate("DuckDB, with JSON", records, bytes, imports[1]);
    rate("DuckDB, fields alone", records, bytes, fields);
    rate("compaction", records, bytes, compaction);
    double both = imports[0].median() + compaction.median();
    out.printf(
        Locale.ROOT,
        "beside DuckDB that keeps the JSON, too: import %.2f x, import and compaction %.2f x; "
            + "beside DuckDB that does not: %.2f x and %.2f x%n",
        1 / imports[0].ratioTo(imports[1]),
        imports[1].median() / both,
        fields.median() / imports[0].median(),
        fields.median() / both);
    sizes(before, after);
  }

  private ImportReport importTo(Path home) throws Exception {
    return data.importPlain(Data.archive(home), input);
  }

  private void duckdb(String select, String name) throws Exception {
    Path target = work.resolve(name + ".parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement()) {
      sql.execute("SET threads = 1");
      sql.execute(
          "COPY (SELECT %s) TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(select, target));
    }
  }

  private void rate(String what, long records, long bytes, Runs runs) {
    out.printf(
        Locale.ROOT,
        "%-20s %,10.0f records/s %6.1f MB/s   %s%n",
        what,
        records / runs.median(),
        bytes / runs.median() / 1e6,
        runs);
  }

  private void sizes(Sizes before, Sizes after) throws Exception {
    long gzip = gzipped();
    size("gzip'ed input", gzip, after.records(), gzip);
    size("landing days", before.landing(), after.records(), gzip);
    size("sealed days", after.sealed(), after.records(), gzip);
    size("DuckDB, with JSON", Files.size(work.resolve("json.parquet")), after.records(), gzip);
    size("DuckDB, fields alone", Files.size(work.resolve("all.parquet")), after.records(), gzip);
    out.printf(
        Locale.ROOT,
        "(the archive's interactions are %,d bytes of JSON, and all of it is in the sealed days)%n",
        after.rawBytes());
  }

  private void size(String what, long bytes, long records, long gzip) {
    out.printf(
        Locale.ROOT,
        "%-20s %,12d bytes %7.1f a record   %.2f x gzip%n",
        what,
        bytes,
        bytes / (double) records,
        bytes / (double) gzip);
  }

  private long gzipped() throws IOException {
    Path target = work.resolve("input.ndjson.gz");
    try (InputStream in = Files.newInputStream(input);
        OutputStream gzip =
            new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      in.transferTo(gzip);
    }
    return Files.size(target);
  }

  /** An archive of its own, of the same files. */
  private Archive copy(Path landed) throws IOException {
    Path home = work.resolve("home" + homes++);
    Data.copy(landed, home);
    return Data.archive(home);
  }

  /** Data files and sidecars of the newest versions. */
  private static Sizes sizes(Archive archive) throws IOException {
    long records = 0;
    long raw = 0;
    long landing = 0;
    long sealed = 0;
    for (SourceDay day : archive.days()) {
      Manifest manifest = archive.newest(day).orElseThrow();
      records += manifest.rows();
      for (DataFile file : manifest.files()) {
        long bytes = file.bytes() + file.sidecars().stream().mapToLong(Sidecar::bytes).sum();
        raw += file.rawBytes();
        landing += file.kind() == DataFile.Kind.LANDING ? bytes : 0;
        sealed += file.kind() == DataFile.Kind.SEALED ? bytes : 0;
      }
    }
    return new Sizes(records, raw, landing, sealed);
  }
}
