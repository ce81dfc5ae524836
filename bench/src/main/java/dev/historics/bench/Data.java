package dev.historics.bench;

import dev.historics.archive.Archive;
import dev.historics.archive.BatchId;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.intake.ImportInput;
import dev.historics.archive.intake.ImportReport;
import dev.historics.archive.intake.ImportSettings;
import dev.historics.archive.intake.ImportWatch;
import dev.historics.archive.intake.Importer;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.synthetic.Firehose;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.DaySealing;
import dev.historics.filter.Target;
import dev.historics.jobs.Dialect;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is measured on: real tweets, or made-up ones.
 *
 * @param given tweets as the mapping {@code trolltweets} takes them; null for made-up ones
 * @param rows how many interactions
 */
record Data(Path given, long rows) {
  private static final LocalDate DAY = LocalDate.of(2017, 8, 5);
  private static final Instant MIDNIGHT = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();

  /** What stands before an author in a given tweet. */
  private static final String AUTHOR = "\"author_id\":\"";

  /** Columns that a rule of the benchmarks reads, and some more that a day has. */
  private static final List<TargetColumn> COLUMNS =
      List.of(
          new TargetColumn("interaction.author.username", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.content", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.created_at", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.subtype", TargetColumn.Kind.TEXT),
          new TargetColumn("interaction.type", TargetColumn.Kind.TEXT),
          new TargetColumn("language.tag", TargetColumn.Kind.TEXT));

  String source() {
    return given == null ? "twitter" : "trolltweets";
  }

  /** A target that counts something. */
  String count() {
    return given == null ? "twitter.user.followers_count" : "trolltweets.followers";
  }

  /** A word that one interaction in a hundred or so has. */
  String word() {
    return given == null ? "music" : "hillary";
  }

  /** A word that is sometimes near that one. */
  String otherWord() {
    return given == null ? "love" : "trump";
  }

  String describe() {
    return given == null ? "made-up interactions" : "tweets of " + given.getFileName();
  }

  /** How rules read the data. */
  Dialect dialect() throws Exception {
    return Dialect.of(mapping());
  }

  private SourceMapping mapping() throws Exception {
    return given == null
        ? SourceMapping.datasift(source())
        : SourceMapping.load(Path.of("conf", "sources", "trolltweets.yaml"));
  }

  /** The records, as files that an import reads. */
  List<ImportInput> inputs(Path work) throws IOException {
    if (given != null) {
      return ImportInput.at(given);
    }
    return ImportInput.at(inputFile(work));
  }

  /** Made-up records in a file. */
  Path inputFile(Path work) throws IOException {
    Path file = work.resolve("firehose.ndjson");
    if (!Files.exists(file)) {
      double perSecond = rows / (double) Duration.ofDays(1).toSeconds();
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        new Firehose(source(), DAY, 1, perSecond, 1).write(out);
      }
    }
    return file;
  }

  /** Imports everything into one day. */
  private void importAll(Archive archive, Path input, String batch) throws Exception {
    SourceMapping mapping = mapping();
    new Importer(archive, ImportSettings.STANDARD)
        .run(
            new BatchId(batch),
            () -> new OneDay(mapping.mapper()),
            ImportInput.at(input),
            ImportWatch.NOBODY);
  }

  /** The records, unpacked into one file. */
  void writePlain(Path work, Path target) throws IOException {
    writePlain(work, target, rows, UnaryOperator.identity());
  }

  private void writePlain(Path work, Path target, long lines, UnaryOperator<String> change)
      throws IOException {
    long left = lines;
    try (BufferedWriter out = Files.newBufferedWriter(target)) {
      for (ImportInput input : inputs(work)) {
        try (BufferedReader in =
            new BufferedReader(new InputStreamReader(input.openPlain(), StandardCharsets.UTF_8))) {
          for (String line = in.readLine(); line != null && left > 0; line = in.readLine()) {
            out.write(change.apply(line));
            out.write('\n');
            left--;
          }
        }
      }
    }
  }

  /** What SQL selects of the records: six fields, and the JSON as a text. */
  String someFieldsAndJson(Path file) {
    List<String> fields =
        given == null
            ? List.of(
                "interaction.id",
                "interaction.content",
                "interaction.created_at",
                "interaction.author.username",
                "language.tag",
                "twitter.user.followers_count")
            : List.of("author_id", "content", "language", "region", "publish_date", "followers");
    return IntStream.range(0, fields.size())
        .mapToObj(i -> "json->>'$.%s' AS f%d".formatted(fields.get(i), i))
        .collect(
            Collectors.joining(
                ", ", "", ", json::VARCHAR AS raw FROM read_ndjson_objects('%s')".formatted(file)));
  }

  /** Imports a file as it is, on one thread. */
  ImportReport importPlain(Archive archive, Path file) throws Exception {
    SourceMapping mapping = mapping();
    return new Importer(archive, ImportSettings.STANDARD.withThreads(1))
        .run(new BatchId("bench"), mapping::mapper, ImportInput.at(file), ImportWatch.NOBODY);
  }

  /** Seals all days, one at a time. */
  void compact(Archive archive) throws Exception {
    DaySealing.Columns columns = new DaySealing.Columns(columns(), dialect().stripping());
    new DaySealing(archive, CompactionSettings.STANDARD, 1)
        .run(archive.days(), source -> columns, new AllSealed());
  }

  /** Takes nothing but sealed days. */
  private static final class AllSealed implements DaySealing.Watch {
    @Override
    public void sealed(CompactionReport report) {
      // That is what was asked for.
    }

    @Override
    public void passedOver(SourceDay day) {
      throw new IllegalStateException(day + " was not sealed");
    }

    @Override
    public void failed(SourceDay day, IOException problem) {
      throw new IllegalStateException(day + " cannot be sealed", problem);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> below = Files.walk(from)) {
      for (Path path : below.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /**
   * One sealed day with everything. What given tweets lack to as many as are wanted, because some
   * are there twice or are too few, is made of them with other authors.
   */
  Manifest sealed(Path work) throws Exception {
    Archive archive = archive(work);
    SourceDay day = new SourceDay(source(), DAY);
    if (given == null) {
      importAll(archive, inputFile(work), "bench");
    } else {
      Path plain = work.resolve("plain.ndjson");
      long missing = rows;
      for (int pass = 1; missing > 0; pass++) {
        String author = AUTHOR + (pass == 1 ? "" : pass);
        writePlain(work, plain, missing, line -> line.replace(AUTHOR, author));
        importAll(archive, plain, "bench" + pass);
        long stored = archive.newest(day).map(Manifest::rows).orElse(0L);
        if (stored == 0) {
          throw new IllegalArgumentException(
              "%s holds no tweets as conf/sources/trolltweets.yaml takes them".formatted(given));
        }
        missing = rows - stored;
      }
      Files.delete(plain);
    }
    new Compactor(archive, CompactionSettings.STANDARD)
        .compact(day, columns(), dialect().stripping());
    return archive.newest(day).orElseThrow();
  }

  /** Sealed days of several sizes, each with twice as many interactions as the one before it. */
  List<Manifest> sealedDays(Path work) throws Exception {
    Archive archive = archive(work);
    SourceMapping mapping = mapping();
    Path plain = work.resolve("plain.ndjson");
    writePlain(work, plain);
    new Importer(archive, ImportSettings.STANDARD)
        .run(
            new BatchId("bench"),
            () -> new DoublingDays(mapping.mapper()),
            ImportInput.at(plain),
            ImportWatch.NOBODY);
    Files.delete(plain);
    compact(archive);
    List<Manifest> days = new ArrayList<>();
    for (SourceDay day : archive.days()) {
      days.add(archive.newest(day).orElseThrow());
    }
    return days;
  }

  /** The targets that get a column. */
  private List<TargetColumn> columns() throws Exception {
    List<TargetColumn> columns = new ArrayList<>(COLUMNS);
    for (TargetColumn column : mapping().targets()) {
      if (columns.stream().noneMatch(each -> each.target().equals(column.target()))) {
        columns.add(column);
      }
    }
    if (given == null) {
      for (Target target : Dialect.dictionary(List.of(dialect())).targets()) {
        if (target.name().matches("(interaction|language|links|twitter)[.].*")
            && columns.stream().noneMatch(each -> each.target().equals(target.name()))) {
          columns.add(
              new TargetColumn(target.name(), TargetColumn.Kind.valueOf(target.type().name())));
        }
      }
    }
    return columns;
  }

  static Archive archive(Path work) {
    return new Archive(new LocalFiles(work.resolve("archive")), InstantSource.system());
  }

  /** A folder for one benchmark. */
  static Path work() throws IOException {
    return Files.createTempDirectory("historics-bench");
  }

  static void delete(Path work) throws IOException {
    try (Stream<Path> below = Files.walk(work)) {
      for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Spreads interactions over days, each of which gets half of what the ones after it left. */
  private record DoublingDays(RecordMapper mapper) implements RecordMapper {
    private static final int DAYS = 8;

    @Override
    public String source() {
      return mapper.source();
    }

    @Override
    public Interaction map(byte[] record) throws RejectedRecordException {
      Interaction mapped = mapper.map(record);
      int draw = mapped.id().hashCode() & 0x7fffffff;
      int day = Math.min(DAYS - 1, Integer.numberOfTrailingZeros(draw | 1 << (DAYS - 1)));
      long millis = Math.floorMod(mapped.createdAt().toEpochMilli(), Duration.ofDays(1).toMillis());
      Instant midnight = MIDNIGHT.plus(Duration.ofDays(DAYS - 1 - day));
      return new Interaction(mapped.id(), midnight.plusMillis(millis), mapped.raw());
    }
  }

  /** Moves every interaction to one day, so that a million of them are one file. */
  private record OneDay(RecordMapper mapper) implements RecordMapper {
    @Override
    public String source() {
      return mapper.source();
    }

    @Override
    public Interaction map(byte[] record) throws RejectedRecordException {
      Interaction mapped = mapper.map(record);
      long millis = Math.floorMod(mapped.createdAt().toEpochMilli(), Duration.ofDays(1).toMillis());
      return new Interaction(mapped.id(), MIDNIGHT.plusMillis(millis), mapped.raw());
    }
  }
}
