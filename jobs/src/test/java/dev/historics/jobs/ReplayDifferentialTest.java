package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.synthetic.Firehose;
import dev.historics.filter.ReferenceInterpreter;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.ValueType;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobId;
import dev.historics.schedule.JobPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay answers as the reference interpreter does, however the day is stored. */
class ReplayDifferentialTest {
  private static final List<String> SOURCES = List.of("alpha", "beta", "twitter");
  private static final Instant START = ReplayWorld.DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final Pattern LOOKS =
      Pattern.compile("https?://\\S+|(?<![A-Za-z0-9_])@[A-Za-z0-9_]{1,15}");
  private static final int ROW_GROUP_BYTES = 6_000;
  private static final int RIDERS = 12;

  @TempDir private Path home;

  private ReplayWorld world() {
    return new ReplayWorld(
        home,
        List.of(HostileRecords.alpha(), HostileRecords.beta(), SourceMapping.datasift("twitter")));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void every_way_to_store_a_day_gives_the_answers_of_the_reference(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    HostileRecords records = new HostileRecords(seed);
    try (ReplayWorld world = world()) {
      world.load("alpha", records.alpha("a", 350, ReplayWorld.DAY));
      world.load("beta", records.beta("b", 350, ReplayWorld.DAY));
      world.load("twitter", firehose(120, seed));
      List<ChunkWork> landing = riders(world, random, 0);
      assertAnswers(world, 1, landing);

      SOURCES.forEach(source -> seal(world, source, ROW_GROUP_BYTES));
      assertThat(day(world, "alpha").files().get(0).rowGroupOffsets()).hasSizeGreaterThan(2);
      List<ChunkWork> sealed = again(landing, 100);
      assertAnswers(world, 2, sealed);
      for (int i = 0; i < RIDERS; i++) {
        assertThat(world.delivered(sealed.get(i).id()))
            .isEqualTo(world.delivered(landing.get(i).id()));
      }

      world.load("alpha", records.alpha("late", 60, ReplayWorld.DAY));
      world.load("beta", records.beta("late", 60, ReplayWorld.DAY));
      assertThat(day(world, "beta").files()).hasSize(2);
      assertAnswers(world, 3, riders(world, random, 200));
    }
  }

  @Test
  void rows_beyond_the_first_batch_are_read_as_the_others_are() throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    try (ReplayWorld world = world()) {
      world.load("alpha", new HostileRecords(17).alpha("a", 9_500, ReplayWorld.DAY));
      List<ChunkWork> riders = riders(world, random, 0).subList(0, 5);
      assertAnswers(world, 1, riders);
      seal(world, "alpha", 64 << 20);
      assertThat(day(world, "alpha").files().get(0).rowGroupOffsets()).hasSize(1);

      assertAnswers(world, 2, again(riders, 100));
    }
  }

  /** Each id is in one batch; the other column is decoded there, and passed over before. */
  @Test
  void a_column_that_is_first_needed_in_a_later_batch_is_read_from_the_right_row()
      throws IOException {
    List<String> conditions =
        List.of(
            "interaction.content substr \"a\"",
            "interaction.author.username substr \"n\"",
            "interaction.author.id > 1",
            "interaction.hashtags substr \"1\"",
            "alpha.n > 1",
            "alpha.ratio > 0.5",
            "alpha.words substr \"n\"",
            "alpha.undeclared substr \"a\"");
    try (ReplayWorld world = world()) {
      world.load("alpha", new HostileRecords(18).alpha("a", 9_000, ReplayWorld.DAY));
      seal(world, "alpha", 64 << 20);
      for (int i = 0; i < 8; i++) {
        List<ChunkWork> riders = new ArrayList<>();
        for (String condition : conditions) {
          String id = "a" + (riders.size() * 1_000 + i * 100);
          String rule = "interaction.id == \"%s\" and %s".formatted(id, condition);
          riders.add(ReplayWorld.work(i * 100 + riders.size(), rule, "alpha"));
        }

        assertAnswers(world, i + 1, riders);
      }
    }
  }

  /** Among others, somebody nearly always wants every row group. */
  @Test
  void a_rider_alone_gets_what_is_its_own() throws IOException {
    SplittableRandom random = new SplittableRandom(19);
    try (ReplayWorld world = world()) {
      world.load("alpha", new HostileRecords(19).alpha("a", 700, ReplayWorld.DAY));
      for (int i = 0; i < 2; i++) {
        for (double sample : new double[] {0.5, 1, 1.5, 10, 49.9, 50, 99.5, 100}) {
          long from = random.nextLong(86_000_000);
          ChunkWork rider =
              new ChunkWork(
                  ReplayWorld.chunk((int) (sample * 10) + i),
                  "alpha.n exists or interaction.content exists",
                  new TreeSet<>(List.of("alpha")),
                  START.plusMillis(sample < 100 ? 0 : from),
                  START.plusMillis(sample < 100 ? 86_400_000 : from + 100_000),
                  sample);

          assertAnswers(world, rider.id().query().value().hashCode() & 0xffff, List.of(rider));
        }
        if (i == 0) {
          seal(world, "alpha", 3_000);
        }
      }
    }
  }

  @Test
  void a_range_includes_its_first_millisecond_and_not_its_end() throws IOException {
    String record =
        """
        {"interaction":{"id":"b1","created_at":"2017-08-05T10:00:00Z"},"beta":{}}""";
    Instant time = Instant.parse("2017-08-05T10:00:00Z");
    try (ReplayWorld world = world()) {
      world.load("beta", List.of(record));
      for (int i = 0; i < 2; i++) {
        for (int shift = -1; shift <= 1; shift++) {
          ChunkWork rider =
              new ChunkWork(
                  ReplayWorld.chunk(i * 10 + shift + 5),
                  "interaction.id exists",
                  new TreeSet<>(List.of("beta")),
                  time.plusMillis(shift),
                  time.plusMillis(shift + 1),
                  100);

          assertThat(world.run(ReplayWorld.plan(i * 10 + shift + 5, rider)))
              .containsExactly(world.done(rider.id(), shift == 0 ? 1 : 0, shift == 0 ? 1 : 0, 0));
        }
        if (i == 0) {
          seal(world, "beta", ROW_GROUP_BYTES);
        }
      }
    }
  }

  @Test
  void a_rule_that_does_not_compile_fails_its_rider_and_nobody_else() throws IOException {
    try (ReplayWorld world = world()) {
      world.load("beta", new HostileRecords(1).beta("b", 40, ReplayWorld.DAY));
      ChunkWork good = ReplayWorld.work(1, "interaction.id exists", "beta");
      ChunkWork bad = ReplayWorld.work(2, "interaction.contnet exists", "beta");

      List<ChunkOutcome> outcomes = world.run(ReplayWorld.plan(1, good, bad));

      assertThat(outcomes)
          .containsExactly(
              world.done(good.id(), 40, 40, 0),
              new ChunkOutcome.Failed(
                  bad.id(),
                  ChunkOutcome.Retry.NEVER,
                  "the rule does not compile: unknown target 'interaction.contnet'"));
      assertThat(world.delivered(good.id())).hasSize(40);
      assertThat(world.resultPaths()).noneMatch(path -> path.contains(bad.id().query().value()));
    }
  }

  /** {@code rank} is a number in one source and a text in the other. */
  @Test
  void the_sources_of_other_riders_do_not_change_the_meaning_of_a_rule() throws IOException {
    HostileRecords records = new HostileRecords(3);
    try (ReplayWorld world = world()) {
      world.load("alpha", records.alpha("a", 200, ReplayWorld.DAY));
      world.load("beta", records.beta("b", 200, ReplayWorld.DAY));
      List<ChunkWork> riders =
          List.of(
              ReplayWorld.work(1, "interaction.rank > 4", "alpha"),
              ReplayWorld.work(2, "interaction.rank substr \"4\"", "beta"),
              ReplayWorld.work(3, "interaction.rank exists", "alpha"),
              ReplayWorld.work(4, "interaction.rank exists", "alpha", "beta"),
              ReplayWorld.work(5, "interaction.rank exists", "beta"));

      assertAnswers(world, 1, riders);
      SOURCES.subList(0, 2).forEach(source -> seal(world, source, ROW_GROUP_BYTES));
      assertAnswers(world, 2, again(riders, 100));
    }
  }

  @Test
  void an_interaction_is_known_by_the_id_that_it_is_stored_under() throws IOException {
    String record =
        """
        {"interaction":{"id":"b1","ID":"other","created_at":"2017-08-05T10:00:00Z"},"beta":{}}""";
    List<ChunkWork> riders =
        List.of(
            ReplayWorld.work(1, "interaction.id == \"b1\"", "beta"),
            ReplayWorld.work(2, "interaction.id == \"other\"", "beta"));
    try (ReplayWorld world = world()) {
      world.load("beta", List.of(record));
      assertAnswers(world, 1, riders);
      seal(world, "beta", ROW_GROUP_BYTES);

      assertAnswers(world, 2, again(riders, 100));
    }
  }

  @Test
  void what_cannot_be_read_is_counted_where_it_is_in_range_and_never_matched() throws IOException {
    Instant noon = START.plusSeconds(43_200);
    List<Interaction> rows =
        List.of(
            new Interaction("whole", noon, "{\"interaction\":{}}".getBytes(StandardCharsets.UTF_8)),
            new Interaction("cut", noon, "{\"interaction\":{".getBytes(StandardCharsets.UTF_8)));
    ChunkWork all = ReplayWorld.work(1, "not interaction.content exists", "beta");
    ChunkWork morning =
        new ChunkWork(ReplayWorld.chunk(2), all.rule(), all.sources(), START, noon, 100);
    try (ReplayWorld world = world()) {
      world.loadMapped("beta", rows);

      assertThat(world.run(ReplayWorld.plan(1, all, morning)))
          .containsExactly(world.done(all.id(), 2, 1, 1), world.done(morning.id(), 0, 0, 0));
      assertThat(world.delivered(all.id())).containsExactly("{\"interaction\":{}}");
    }
  }

  private static void seal(ReplayWorld world, String source, long rowGroupBytes) {
    try {
      world.seal(new SourceDay(source, ReplayWorld.DAY), rowGroupBytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Manifest day(ReplayWorld world, String source) throws IOException {
    return world.archive().newest(new SourceDay(source, ReplayWorld.DAY)).orElseThrow();
  }

  private static List<String> firehose(int perDay, long seed) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    new Firehose("twitter", ReplayWorld.DAY, 1, perDay / 86_400.0, seed).write(lines);
    return lines.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Riders with rules, sources, ranges and samples of all sorts. */
  private static List<ChunkWork> riders(ReplayWorld world, SplittableRandom random, int first) {
    List<ChunkWork> riders = new ArrayList<>();
    for (int i = 0; i < RIDERS; i++) {
      List<String> sources = new ArrayList<>(SOURCES);
      while (random.nextInt(2) == 0 && sources.size() > 1) {
        sources.remove(random.nextInt(sources.size()));
      }
      TargetDictionary dictionary = dictionary(world, sources);
      String rule = new RandomQueries(random, dictionary, sources).next();
      long from = random.nextInt(3) > 0 ? 0 : random.nextLong(86_399_000);
      long to = random.nextInt(3) > 0 ? 86_400_000 : from + 1 + random.nextLong(86_400_000 - from);
      double[] samples = {100, 100, 100, 1, 10, 50, 99, 0.5, 12.5, 99.9};
      riders.add(
          new ChunkWork(
              ReplayWorld.chunk(first + i),
              rule,
              new TreeSet<>(sources),
              START.plusMillis(from),
              START.plusMillis(to),
              samples[random.nextInt(samples.length)]));
    }
    return riders;
  }

  private static List<ChunkWork> again(List<ChunkWork> riders, int first) {
    List<ChunkWork> again = new ArrayList<>();
    for (ChunkWork rider : riders) {
      again.add(
          new ChunkWork(
              ReplayWorld.chunk(first + again.size()),
              rider.rule(),
              rider.sources(),
              rider.from(),
              rider.to(),
              rider.samplePercent()));
    }
    return again;
  }

  private static TargetDictionary dictionary(ReplayWorld world, Iterable<String> sources) {
    List<Dialect> dialects = new ArrayList<>();
    sources.forEach(source -> dialects.add(world.dialect(source)));
    return Dialect.dictionary(dialects);
  }

  private static void assertAnswers(ReplayWorld world, int job, List<ChunkWork> riders)
      throws IOException {
    List<ChunkOutcome> outcomes = world.run(new JobPlan(JobId.of(job), ReplayWorld.DAY, riders));

    for (int i = 0; i < riders.size(); i++) {
      ChunkWork rider = riders.get(i);
      List<String> expected = new ArrayList<>();
      long inRange = 0;
      for (String source : rider.sources()) {
        List<Interaction> wanted =
            world.stored(new SourceDay(source, ReplayWorld.DAY)).stream()
                .filter(row -> isWanted(rider, row))
                .toList();
        inRange += wanted.size();
        expected.addAll(accepted(world, rider, wanted));
      }
      expected.sort(null);
      assertThat(outcomes.get(i))
          .as("%s", rider)
          .isEqualTo(world.done(rider.id(), inRange, expected.size(), 0));
      assertThat(world.delivered(rider.id())).as("%s", rider).isEqualTo(expected);
      assertThat(delivered(world, rider.id())).isEqualTo(expected.size());
    }
  }

  private static long delivered(ReplayWorld world, ChunkId chunk) throws IOException {
    return world.manifest(chunk).matched();
  }

  private static boolean isWanted(ChunkWork rider, Interaction row) {
    return !row.createdAt().isBefore(rider.from())
        && row.createdAt().isBefore(rider.to())
        && position(row.id()) < rider.samplePercent();
  }

  private static List<String> accepted(ReplayWorld world, ChunkWork rider, List<Interaction> wanted)
      throws IOException {
    TargetDictionary dictionary = dictionary(world, rider.sources());
    List<String> accepted = new ArrayList<>();
    for (Interaction row : wanted) {
      JsonTree tree = JsonTree.parse(row.raw());
      if (ReferenceInterpreter.accepts(
          rider.rule(), dictionary, name -> values(dictionary, row, tree, name))) {
        accepted.add(new String(row.raw(), StandardCharsets.UTF_8));
      }
    }
    return accepted;
  }

  /** What a target holds in an interaction, found the plain way. */
  static List<Object> values(
      TargetDictionary dictionary, Interaction row, JsonTree tree, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    ValueType type = dictionary.find(lower).orElseThrow().type();
    return switch (lower) {
      case "interaction.id" -> List.of(row.id());
      case "interaction.sample" -> List.of(position("interaction.sample:" + row.id()));
      case "interaction.raw_content" -> rawContent(tree, type);
      case "interaction.content" ->
          stripped(tree.values(lower, type), isTweet(tree) || isOfAlpha(tree));
      case "twitter.text", "twitter.retweet.text" ->
          stripped(tree.values(lower, type), isTweet(tree));
      default -> tree.values(lower, type);
    };
  }

  private static boolean isTweet(JsonTree tree) {
    return tree.values("interaction.type", ValueType.TEXT).contains("twitter");
  }

  /** Its mapping asks for content without links and mentions, and writes its name. */
  private static boolean isOfAlpha(JsonTree tree) {
    return tree.values("interaction.type", ValueType.TEXT).contains("alpha");
  }

  private static List<Object> rawContent(JsonTree tree, ValueType type) {
    List<Object> own = tree.values("interaction.raw_content", type);
    return own.stream().allMatch(""::equals) ? tree.values("interaction.content", type) : own;
  }

  private static List<Object> stripped(List<Object> texts, boolean isStripped) {
    return isStripped
        ? texts.stream().<Object>map(text -> LOOKS.matcher((String) text).replaceAll(" ")).toList()
        : texts;
  }

  /** The first 32 bits of the SHA-256, scaled to [0, 100). */
  private static double position(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, Arrays.copyOf(hash, 4)).doubleValue() * 100 / (1L << 32);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
