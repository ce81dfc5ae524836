package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.filter.ReferenceInterpreter;
import dev.historics.filter.Tags;
import dev.historics.filter.TargetDictionary;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay delivers for rules that tag, and for rules that name others. */
class TaggedReplayTest {
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final int ROW_GROUP_BYTES = 6_000;
  private static final String ALL = "interaction.id exists";

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void open() {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String record(String id, String content, String more) {
    return """
        {"interaction": {"id":"%s","created_at":"2017-08-05T10:00:00Z","content":"%s"%s},"beta":{"n":1}}"""
        .formatted(id, content, more);
  }

  private void load(String... records) throws IOException {
    world.load("beta", List.of(records));
  }

  private List<String> answer(int query, String rule) throws IOException {
    ChunkWork chunk = ReplayWorld.work(query, rule, "beta");
    assertThat(world.run(ReplayWorld.plan(query, chunk)))
        .singleElement()
        .isInstanceOf(ChunkOutcome.Done.class);
    return world.delivered(chunk.id());
  }

  @Test
  void tags_are_delivered_and_a_rider_without_tags_gets_the_record_as_it_was() throws IOException {
    String old = ",\"tags\":[\"old\"],\"tag_tree\":{\"a\":1}";
    load(record("1", "tea", old), record("2", "coffee", ""), record("3", "more tea", ""));
    ChunkWork tagged =
        ReplayWorld.work(
            1,
            """
            tag "tea" { interaction.content contains "tea" }
            tag "more" { interaction.content contains "more" }
            tag.drink.hot "T" { interaction.content contains "tea" }
            tag.score 10 { interaction.content contains "tea" }
            tag.score 2.5 { interaction.content contains "more" }
            return { interaction.id exists }
            """,
            "beta");
    ChunkWork plain = ReplayWorld.work(2, ALL, "beta");

    for (int i = 0; i < 2; i++) {
      world.run(ReplayWorld.plan(10 + i, tagged, plain));

      assertThat(world.delivered(tagged.id()))
          .containsExactly(
              record(
                  "1",
                  "tea",
                  ",\"tags\":[\"tea\"],\"tag_tree\":{\"drink\":{\"hot\":[\"T\"]},\"score\":10}"),
              record("2", "coffee", ""),
              record(
                  "3",
                  "more tea",
                  ",\"tags\":[\"tea\",\"more\"],\"tag_tree\":{\"drink\":{\"hot\":[\"T\"]},\"score\":12.5}"));
      assertThat(world.delivered(plain.id()))
          .containsExactly(
              record("1", "tea", old), record("2", "coffee", ""), record("3", "more tea", ""));
      if (i == 0) {
        world.seal(BETA, ROW_GROUP_BYTES);
        tagged = ReplayWorld.work(3, tagged.rule(), "beta");
        plain = ReplayWorld.work(4, plain.rule(), "beta");
      }
    }
  }

  @Test
  void a_manifest_counts_what_is_delivered() throws IOException {
    load(record("1", "tea", ""), record("2", "coffee", ""), record("3", "more tea", ""));
    ChunkWork chunk =
        ReplayWorld.work(
            1,
            "tag \"t\" { interaction.content exists } return { interaction.content contains \"tea\" }",
            "beta");

    assertThat(world.run(ReplayWorld.plan(1, chunk)))
        .containsExactly(world.done(chunk.id(), 3, 2, 0));

    PartFile part = world.manifest(chunk.id()).sources().get(0).files().get(0);
    byte[] file = world.read(part.path());
    assertThat(new String(file, StandardCharsets.UTF_8)).contains(",\"tags\":[\"t\"]}");
    assertThat(part).isEqualTo(new PartFile(part.path(), 2, file.length, sha256(file)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rules_that_name_others_run_where_there_is_no_store() throws IOException {
    load(record("1", "tea", ""), record("2", "coffee", ""), record("3", "more tea", ""));
    String hot =
        world.define(
            "tag \"not mine\" { interaction.id exists } return { interaction.content contains \"tea\" }",
            "beta");
    String more =
        world.define(
            "stream \"%s\" and interaction.content contains \"more\"".formatted(hot), "beta");
    String labels =
        world.define(
            "tag \"more\" { stream \"%s\" } tag.a.b \"any\" { interaction.id exists }"
                .formatted(more),
            "beta");

    String plain = world.define("tag \"more\" { stream \"%s\" }".formatted(more), "beta");

    assertThat(answer(1, "stream \"%s\"".formatted(more)))
        .containsExactly(record("3", "more tea", ""));
    assertThat(answer(2, "tags \"%s\" return { rule \"%s\" }".formatted(labels, hot)))
        .containsExactly(
            record("1", "tea", ",\"tag_tree\":{\"a\":{\"b\":[\"any\"]}}"),
            record("3", "more tea", ",\"tags\":[\"more\"],\"tag_tree\":{\"a\":{\"b\":[\"any\"]}}"));
    assertThat(answer(3, "tags.x.y \"%s\" return { stream \"%s\" }".formatted(plain, more)))
        .containsExactly(record("3", "more tea", ",\"tag_tree\":{\"x\":{\"y\":[\"more\"]}}"));
  }

  @Test
  void a_rule_that_cannot_run_says_why_and_fails_nobody_else() throws IOException {
    load(record("1", "tea", ""));
    String unknown = "0123456789abcdef0123456789abcdef";
    String alphas = world.define("alpha.n > 1", "alpha", "beta");
    ChunkWork good = ReplayWorld.work(1, ALL, "beta");
    ChunkWork nothing = ReplayWorld.work(2, "stream \"%s\"".formatted(unknown), "beta");
    ChunkWork elsewhere = ReplayWorld.work(3, "stream \"%s\"".formatted(alphas), "beta");
    ChunkWork tags = ReplayWorld.work(4, "tag \"t\" { interaction.id exists }", "beta");
    assertThat(world.run(ReplayWorld.plan(1, good, nothing, elsewhere, tags)))
        .extracting(outcome -> outcome instanceof ChunkOutcome.Failed failed ? failed.reason() : "")
        .satisfies(
            reasons -> {
              assertThat(reasons.get(0)).isEmpty();
              assertThat(reasons.get(1))
                  .isEqualTo("the rule does not compile: unknown rule '%s'".formatted(unknown));
              assertThat(reasons.get(2))
                  .startsWith(
                      "the rule does not compile: the rule '%s' does not compile here: unknown target 'alpha.n'"
                          .formatted(alphas));
              assertThat(reasons.get(3)).isEqualTo("the rule has no filter, only tags");
            });
    assertThat(world.delivered(good.id())).containsExactly(record("1", "tea", ""));
  }

  /** No mapping makes such a record; an archive that others wrote may hold one. */
  @Test
  void a_record_that_cannot_carry_tags_fails_those_who_tag_it_and_nobody_else() throws IOException {
    String odd = "{\"interaction\":[1]}";
    Instant noon = ReplayWorld.DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
    world.loadMapped(
        "beta", List.of(new Interaction("odd", noon, odd.getBytes(StandardCharsets.UTF_8))));
    String tag = "tag \"t\" { interaction.id exists } return { %s }";
    ChunkWork plain = ReplayWorld.work(1, ALL, "beta");
    ChunkWork tagged = ReplayWorld.work(2, tag.formatted(ALL), "beta");
    ChunkWork other = ReplayWorld.work(3, tag.formatted("interaction.content exists"), "beta");

    assertThat(world.run(ReplayWorld.plan(1, plain, tagged, other)))
        .containsExactly(
            world.done(plain.id(), 1, 1, 0),
            new ChunkOutcome.Failed(
                tagged.id(),
                ChunkOutcome.Retry.NEVER,
                "its tags cannot be written: expected 'interaction' to be a JSON object, found START_ARRAY"),
            world.done(other.id(), 1, 0, 0));
    assertThat(world.delivered(plain.id())).containsExactly(odd);
    assertThat(world.resultPaths())
        .noneMatch(path -> path.contains(tagged.id().query().value()) || path.contains("_jobs"));
  }

  /** A tag's condition, and what it adds. */
  private record Tag(String namespace, String addition, String condition) {
    String statement() {
      return "tag%s %s { %s }".formatted(namespace, addition, condition);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void tags_are_those_of_the_reference_however_the_day_is_stored(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    world.load("beta", new HostileRecords(seed).beta("b", 1_500, ReplayWorld.DAY));
    TargetDictionary dictionary = Dialect.dictionary(List.of(world.dialect("beta")));
    List<ChunkWork> riders = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RandomQueries conditions = new RandomQueries(random, dictionary, List.of("beta"));
      String filter = i == 0 ? ALL : conditions.next();
      List<Tag> tags =
          i == 1
              ? List.of()
              : List.of(
                  new Tag("", "\"one\"", conditions.next()),
                  new Tag(".s", "1.5", conditions.next()),
                  new Tag("", "\"two\"", "not (" + conditions.next() + ")"),
                  new Tag(".a.b", "\"three\"", conditions.next()),
                  new Tag(".s", "-0.25", conditions.next()));
      String hash = world.define("return { " + filter + " }", "beta");
      String statements = String.join("\n", tags.stream().map(Tag::statement).toList());
      riders.add(
          ReplayWorld.work(i, "%s return { stream \"%s\" }".formatted(statements, hash), "beta"));
      expected.add(expected(dictionary, filter, tags));
    }

    world.run(ReplayWorld.plan(1, riders.toArray(ChunkWork[]::new)));
    assertDelivered(riders, expected);
    world.seal(BETA, ROW_GROUP_BYTES);
    riders.replaceAll(
        rider ->
            ReplayWorld.work(
                100 + Integer.parseInt(rider.id().query().value(), 16), rider.rule(), "beta"));
    world.run(ReplayWorld.plan(2, riders.toArray(ChunkWork[]::new)));
    assertDelivered(riders, expected);
  }

  private void assertDelivered(List<ChunkWork> riders, List<List<String>> expected)
      throws IOException {
    for (int i = 0; i < riders.size(); i++) {
      assertThat(world.delivered(riders.get(i).id())).isEqualTo(expected.get(i));
    }
    assertThat(expected.get(0)).anyMatch(line -> line.contains("\"tag_tree\":{"));
  }

  private List<String> expected(TargetDictionary dictionary, String filter, List<Tag> tags)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Interaction row : world.stored(BETA)) {
      if (accepts(dictionary, row, filter)) {
        List<String> labels = new ArrayList<>();
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Tag tag : tags) {
          if (accepts(dictionary, row, tag.condition())) {
            String word = tag.addition().replace("\"", "");
            switch (tag.namespace()) {
              case "" -> labels.add(word);
              case ".s" ->
                  tree.merge(
                      "s", new BigDecimal(word), (a, b) -> ((BigDecimal) a).add((BigDecimal) b));
              default -> tree.put("a", Map.of("b", List.of(word)));
            }
          }
        }
        byte[] raw = row.raw();
        Tags all = new Tags(labels, tree);
        lines.add(
            new String(
                tags.isEmpty() ? raw : TaggedInteraction.of(raw, 0, raw.length, all),
                StandardCharsets.UTF_8));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static boolean accepts(TargetDictionary dictionary, Interaction row, String condition)
      throws IOException {
    JsonTree tree = JsonTree.parse(row.raw());
    return ReferenceInterpreter.accepts(
        condition, dictionary, name -> ReplayDifferentialTest.values(dictionary, row, tree, name));
  }
}
