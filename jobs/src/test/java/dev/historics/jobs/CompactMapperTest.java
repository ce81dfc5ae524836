package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.upkeep.CompactionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactMapperTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final SourceDay EMPTY = new SourceDay("beta", ReplayWorld.DAY.plusDays(1));
  private static final List<TargetColumn> COLUMNS =
      List.of(new TargetColumn("interaction.content", TargetColumn.Kind.TEXT));
  private static final String PLAN = "_jobs/compact-1/plan.json";

  @TempDir private Path home;
  private ReplayWorld world;

  @BeforeEach
  void two_landing_days_and_a_plan() throws IOException {
    world = new ReplayWorld(home, List.of(HostileRecords.alpha(), HostileRecords.beta()));
    HostileRecords records = new HostileRecords(1);
    world.load("alpha", records.alpha("a", 40, ALPHA.day()));
    world.load("beta", records.beta("b", 30, BETA.day()));
    new CompactPlan(
            world.archive().files().root().toString(),
            CompactionSettings.STANDARD,
            List.of(
                new CompactPlan.Layout("alpha", COLUMNS, Stripping.STANDARD),
                new CompactPlan.Layout("beta", List.of(), Stripping.STANDARD)))
        .write(world.results(), PLAN);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private MapDriver<LongWritable, Text, Text, Text> mapper(String... lines) {
    MapDriver<LongWritable, Text, Text, Text> driver = MapDriver.newMapDriver(new CompactMapper());
    Configuration conf = driver.getConfiguration();
    conf.set(ReplayConf.RESULTS_ROOT, world.results().root().toString());
    conf.set(CompactMapper.PLAN, PLAN);
    for (int i = 0; i < lines.length; i++) {
      driver.addInput(new LongWritable(i), new Text(lines[i]));
    }
    return driver;
  }

  private Manifest newest(SourceDay day) throws IOException {
    return world.archive().newest(day).orElseThrow();
  }

  private static long sealedRows(MapDriver<?, ?, ?, ?> driver) {
    return driver.getCounters().findCounter("Historics", "sealed rows").getValue();
  }

  @Test
  void it_seals_each_day_with_the_columns_of_its_source_and_has_nothing_to_tell()
      throws IOException {
    MapDriver<LongWritable, Text, Text, Text> driver = mapper(ALPHA.directory(), BETA.directory());

    assertThat(driver.run()).isEmpty();

    assertThat(newest(ALPHA).considered()).isEqualTo(COLUMNS);
    assertThat(newest(BETA).considered()).isEmpty();
    assertThat(List.of(newest(ALPHA), newest(BETA))).noneMatch(Manifest::hasLanding);
    assertThat(sealedRows(driver)).isEqualTo(70);
  }

  @Test
  void a_day_that_is_sealed_or_not_there_is_left_as_it_is() throws IOException {
    mapper(ALPHA.directory()).run();
    Manifest sealed = newest(ALPHA);
    MapDriver<LongWritable, Text, Text, Text> again = mapper(ALPHA.directory(), EMPTY.directory());

    assertThat(again.run()).isEmpty();

    assertThat(newest(ALPHA)).isEqualTo(sealed);
    assertThat(world.archive().newest(EMPTY)).isEmpty();
    assertThat(sealedRows(again)).isZero();
  }

  @Test
  void a_damaged_day_is_told_on_one_line_and_the_next_is_sealed() throws IOException {
    String manifest = dev.historics.archive.Archive.manifestPath(ALPHA, 1);
    world.archive().files().delete(manifest);
    try (ArchiveOutput out = world.archive().files().create(manifest)) {
      out.write("{\n\n".getBytes(StandardCharsets.UTF_8));
    }
    MapDriver<LongWritable, Text, Text, Text> driver = mapper(ALPHA.directory(), BETA.directory());

    List<Pair<Text, Text>> told = driver.run();

    assertThat(told)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFirst()).hasToString(ALPHA.directory());
              assertThat(line.getSecond().toString()).contains(manifest).doesNotContain("\n");
            });
    assertThat(newest(BETA).hasLanding()).isFalse();
    assertThat(sealedRows(driver)).isEqualTo(30);
  }

  @Test
  void a_source_that_the_plan_does_not_know_fails_the_task() {
    MapDriver<LongWritable, Text, Text, Text> driver =
        mapper(new SourceDay("gamma", ReplayWorld.DAY).directory());

    assertThatThrownBy(driver::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has no source 'gamma'");
  }

  @Test
  void a_plan_that_is_not_there_fails_the_task() throws IOException {
    world.results().delete(PLAN);

    assertThatThrownBy(mapper(ALPHA.directory())::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(PLAN);
  }
}
