package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.crunch.Pair;
import org.apache.crunch.impl.mem.MemPipeline;
import org.apache.crunch.types.PTableType;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one task that reads keys, and one that makes a day anew, do; in memory, without a runner.
 */
class AugmentTasksTest {
  private static final String JOB = "augment-1";
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final List<TargetColumn> COLUMNS =
      List.of(new TargetColumn("who.team", TargetColumn.Kind.TEXT));
  private static final PTableType<String, Pair<String, String>> SENT =
      Writables.tableOf(
          Writables.strings(), Writables.pairs(Writables.strings(), Writables.strings()));

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void a_day_of_two_files() throws IOException {
    world = new ReplayWorld(home, List.of(SourceMapping.datasift("beta")));
    world.load("beta", List.of(record(0, "ann"), record(1, ""), record(2, "bob")));
    world.load("beta", List.of(record(3, "ann")));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String record(int number, String author) {
    return """
        {"interaction":{"id":"%d","content":"x","author":{"username":"%s"},"created_at":"Sat, 05 Aug 2017 10:30:00 +0000"}}"""
        .formatted(number, author);
  }

  private Manifest manifest() throws IOException {
    return world.archive().newest(BETA).orElseThrow();
  }

  private DayPart part(int file) throws IOException {
    return world.part(BETA, file);
  }

  private void plan(boolean isTrial) throws IOException {
    String root = world.archive().files().root().toString();
    ReplayPlan.Input input =
        new ReplayPlan.Input("beta", ReplayWorld.DAY.toString(), manifest().version(), 0);
    ReplayPlan.reading(JOB, root, List.of(input), List.of(world.dialect("beta")))
        .write(world.results());
    Augmentation augmentation =
        new Augmentation(
            "who",
            "interaction.author.username",
            "name",
            COLUMNS,
            Augmentation.Join.LEFT,
            "teams.csv",
            "0",
            Instant.EPOCH,
            0);
    new AugmentPlan(
            root,
            List.of(AugmentPlan.Day.of(manifest())),
            AugmentPlan.Joined.of(augmentation),
            ValueType.TEXT,
            isTrial,
            COLUMNS,
            world.dialect("beta").stripping(),
            CompactionSettings.STANDARD)
        .write(world.results(), JOB);
  }

  private void settings() {
    Configuration conf = new Configuration();
    conf.set(ReplayConf.RESULTS_ROOT, world.results().root().toString());
    conf.set(ReplayConf.JOB, JOB);
    MemPipeline.getInstance().setConfiguration(conf);
    MemPipeline.clearCounters();
  }

  private List<Pair<String, String>> facts(DayPart... parts) {
    settings();
    return ImmutableList.copyOf(
        MemPipeline.typedCollectionOf(new ArchiveSource(0).getType(), parts)
            .parallelDo(
                new AugmentFactsFn(), Writables.tableOf(Writables.strings(), Writables.strings()))
            .materialize());
  }

  private AugmentReport made(List<Pair<String, Pair<String, String>>> sent) {
    settings();
    List<String> lines =
        ImmutableList.copyOf(
            MemPipeline.typedTableOf(SENT, sent)
                .groupByKey()
                .parallelDo(new AugmentDaysFn(), Writables.strings())
                .materialize());
    assertThat(lines).hasSize(1);
    return AugmentReport.parse(lines.get(0));
  }

  private static Pair<String, Pair<String, String>> toTheDay(String what, String values) {
    return Pair.of(RowPlace.dayText(0), Pair.of(what, values));
  }

  @Test
  void each_part_gives_the_keys_of_its_rows_and_what_was_in_it() throws IOException {
    plan(false);

    assertThat(facts(part(0), part(1)))
        .containsExactlyInAnyOrder(
            Pair.of("ann", new RowPlace(0, 0, 0, 0).text()),
            Pair.of("bob", new RowPlace(0, 0, 2, 0).text()),
            Pair.of("", new AugmentTally(3, 1, "").text(0)),
            Pair.of("ann", new RowPlace(0, 1, 0, 0).text()),
            Pair.of("", new AugmentTally(1, 0, "").text(0)));
  }

  @Test
  void a_part_that_cannot_be_read_is_told_and_the_others_are_read() throws IOException {
    plan(false);
    DayPart gone = part(0);
    DayPart there = part(1);
    world.archive().files().delete(gone.path());

    List<Pair<String, String>> facts = facts(gone, there);

    assertThat(facts).hasSize(3).contains(Pair.of("ann", new RowPlace(0, 1, 0, 0).text()));
    assertThat(facts.stream().map(Pair::second).filter(AugmentTally::is).map(AugmentTally::parse))
        .extracting(AugmentTally::problem)
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).isEmpty(),
            problem -> assertThat(problem).contains(gone.path()));
  }

  @Test
  void a_day_gets_a_version_in_which_its_partners_rows_say_what_the_table_does()
      throws IOException {
    plan(false);
    long before = manifest().version();

    AugmentReport report =
        made(
            List.of(
                toTheDay(new AugmentTally(4, 1, "").text(0), ""),
                toTheDay(new RowPlace(0, 0, 2, 0).text(), "{\"team\":\"red\"}"),
                toTheDay(new RowPlace(0, 1, 0, 0).text(), "{\"team\":\"blue\"}")));

    assertThat(report).isEqualTo(AugmentReport.of(0, new AugmentTally(4, 1, ""), 2, ""));
    assertThat(manifest().version()).isEqualTo(before + 1);
    assertThat(raws())
        .containsExactlyInAnyOrder(
            record(0, "ann"), record(1, ""), with("red", 2, "bob"), with("blue", 3, "ann"));
  }

  private static String with(String team, int number, String author) {
    String raw = record(number, author);
    return "%s,\"who\":{\"team\":\"%s\"}}".formatted(raw.substring(0, raw.length() - 1), team);
  }

  private List<String> raws() throws IOException {
    List<String> raws = new ArrayList<>();
    for (DataFile file : manifest().files()) {
      try (LiveRows rows =
          LiveRows.open(
              world.archive().files(),
              BETA,
              file,
              new Tombstones(world.archive()).newest("beta"))) {
        while (rows.hasNext()) {
          Interaction row = rows.next();
          raws.add(new String(row.raw(), StandardCharsets.UTF_8));
        }
      }
    }
    return raws;
  }

  private AugmentReport madeOfOnePartner(AugmentTally tally) {
    return made(
        List.of(
            toTheDay(tally.text(0), ""),
            toTheDay(new RowPlace(0, 0, 2, 0).text(), "{\"team\":\"red\"}")));
  }

  @Test
  void a_trial_counts_and_makes_no_version() throws IOException {
    plan(true);
    long before = manifest().version();

    AugmentReport report = madeOfOnePartner(new AugmentTally(4, 1, ""));

    assertThat(report.matched()).isEqualTo(1);
    assertThat(manifest().version()).isEqualTo(before);
  }

  @Test
  void a_day_that_was_not_read_whole_stays_and_its_damage_is_told() throws IOException {
    plan(false);
    long before = manifest().version();

    AugmentReport report = madeOfOnePartner(new AugmentTally(1, 0, "a file is damaged"));

    assertThat(report.problem()).isEqualTo("a file is damaged");
    assertThat(manifest().version()).isEqualTo(before);
  }

  @Test
  void the_most_frequent_of_the_keys_without_a_partner_are_told() throws IOException {
    plan(false);
    List<Pair<String, Pair<String, String>>> sent = new ArrayList<>();
    TreeMap<String, Long> expected = new TreeMap<>();
    for (int key = 0; key < 12; key++) {
      sent.add(Pair.of(AugmentMetFn.LONELY, Pair.of("k" + key, Integer.toString(key + 1))));
      if (key >= 2) {
        expected.put("k" + key, key + 1L);
      }
    }
    sent.add(Pair.of(AugmentMetFn.LONELY, Pair.of("k11", "5")));
    expected.put("k11", 17L);

    assertThat(made(sent)).isEqualTo(AugmentReport.of(expected));
  }
}
