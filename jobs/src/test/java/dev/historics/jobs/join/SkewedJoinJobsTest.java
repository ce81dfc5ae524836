package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.MapFn;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.Pipeline;
import org.apache.crunch.PipelineResult;
import org.apache.crunch.Source;
import org.apache.crunch.impl.mr.MRPipeline;
import org.apache.crunch.io.From;
import org.apache.crunch.io.To;
import org.apache.crunch.lib.join.DefaultJoinStrategy;
import org.apache.crunch.lib.join.JoinType;
import org.apache.crunch.lib.join.ShardedJoinStrategy;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The join as jobs of the local runner, with several map tasks and reducers. */
class SkewedJoinJobsTest {
  private static final int INPUTS = 2;

  @TempDir private Path home;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {22, 23})
  void jobs_join_what_nested_loops_join(long seed) throws Exception {
    RandomTables tables = tables(seed);
    SkewedJoin<String> join = new SkewedJoin<>(fact -> fact, tables.reducers());
    Pipeline pipeline = pipeline();
    PTable<String, String> facts = facts(pipeline, seed, false);
    PTable<String, String> side = side(pipeline, seed);

    assertThat(SkewedJoinTest.lines(join.left(facts, side)))
        .containsExactlyInAnyOrderElementsOf(tables.left());
    assertThat(SkewedJoinTest.lines(join.inner(facts, side)))
        .containsExactlyInAnyOrderElementsOf(tables.inner());
  }

  @Test
  void the_rows_are_those_of_crunchs_own_joins() throws Exception {
    long seed = 31;
    Pipeline pipeline = pipeline();
    PTable<String, String> facts = facts(pipeline, seed, true);
    PTable<String, String> side = side(pipeline, seed);
    SkewedJoin<String> join = new SkewedJoin<>(fact -> fact, 5);

    List<String> inner = SkewedJoinTest.lines(join.inner(facts, side));
    assertThat(inner)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            SkewedJoinTest.lines(
                new DefaultJoinStrategy<String, String, String>(5)
                    .join(facts, side, JoinType.INNER_JOIN)))
        .containsExactlyInAnyOrderElementsOf(
            SkewedJoinTest.lines(
                new ShardedJoinStrategy<String, String, String>(3, 5)
                    .join(facts, side, JoinType.INNER_JOIN)));
    assertThat(SkewedJoinTest.lines(join.left(facts, side)))
        .containsExactlyInAnyOrderElementsOf(
            SkewedJoinTest.lines(
                new DefaultJoinStrategy<String, String, String>(5)
                    .join(facts, side, JoinType.LEFT_OUTER_JOIN)));
  }

  @Test
  void counters_tell_what_each_reducer_joined_and_what_needed_none() throws Exception {
    Files.writeString(home.resolve("facts.txt"), "hot\n".repeat(4000) + "alone\n".repeat(4000));
    Files.writeString(home.resolve("side.csv"), "key,x\nhot,1\nunused,2\n");
    Pipeline pipeline = pipeline();
    PTable<String, String> facts =
        pipeline
            .read(From.textFile(file("facts.txt")))
            .parallelDo(
                new Numbered(), Writables.tableOf(Writables.strings(), Writables.strings()));
    PTable<String, String> side =
        SideTable.open(file("side.csv"), "key", pipeline.getConfiguration())
            .copyTo(file("side.seq"), pipeline);

    pipeline.write(
        new SkewedJoin<String>(fact -> fact, 4).left(facts, side), To.sequenceFile(file("joined")));
    PipelineResult result = pipeline.run();

    assertThat(result.succeeded()).isTrue();
    assertThat(counted(result, "join facts past the shuffle")).isEqualTo(4000);
    assertThat(counted(result, "join records")).isEqualTo(4000 + 4 + 1);
    for (int reducer = 0; reducer < 4; reducer++) {
      assertThat(counted(result, "join records of reducer " + reducer)).isBetween(900L, 1100L);
      assertThat(counted(result, "join bytes of reducer " + reducer)).isBetween(6000L, 10_000L);
    }
  }

  @Test
  void facts_that_cannot_be_read_fail_the_join_and_not_only_its_job() throws Exception {
    Pipeline pipeline = pipeline();
    PTable<String, String> facts = facts(pipeline, 1, false);
    Files.writeString(home.resolve("facts1"), "not a number\n");
    SkewedJoin<String> join = new SkewedJoin<>(fact -> fact, 2);
    PTable<String, String> side = side(pipeline, 1);

    assertThatThrownBy(() -> join.inner(facts, side))
        .isInstanceOf(IOException.class)
        .hasMessage("the job that was to count the facts' keys failed; its log says why");
  }

  private static long counted(PipelineResult result, String counter) {
    return result.getStageResults().stream()
        .mapToLong(stage -> stage.getCounterValue("Historics", counter))
        .sum();
  }

  private Pipeline pipeline() {
    Configuration conf = new Configuration();
    conf.set("mapreduce.framework.name", "local");
    conf.set("mapreduce.local.map.tasks.maximum", "2");
    conf.set("mapreduce.client.completion.pollinterval", "10");
    conf.set("mapreduce.task.io.sort.mb", "8");
    conf.set("crunch.max.poll.interval", "5");
    conf.set("crunch.tmp.dir", home.resolve("crunch").toString());
    conf.set("hadoop.tmp.dir", home.resolve("hadoop").toString());
    conf.set("fs.file.impl", "dev.historics.jobs.LocalDisk");
    return new MRPipeline(SkewedJoinJobsTest.class, "join", conf);
  }

  private org.apache.hadoop.fs.Path file(String name) {
    return new org.apache.hadoop.fs.Path(home.resolve(name).toString());
  }

  private static RandomTables tables(long seed) {
    return new RandomTables(new SplittableRandom(seed));
  }

  /** Each line of the input is the number of a fact. */
  private PTable<String, String> facts(Pipeline pipeline, long seed, boolean matchable)
      throws Exception {
    List<org.apache.hadoop.fs.Path> inputs = new ArrayList<>();
    int count = tables(seed).facts().size();
    for (int input = 0; input < INPUTS; input++) {
      StringBuilder numbers = new StringBuilder();
      for (int fact = input; fact < count; fact += INPUTS) {
        numbers.append(fact).append('\n');
      }
      Files.writeString(home.resolve("facts" + input), numbers);
      inputs.add(file("facts" + input));
    }
    Source<String> source = From.textFile(inputs).inputConf("crunch.disable.combine.file", "true");
    return pipeline
        .read(source)
        .parallelDo(
            new Facts(seed, matchable),
            Writables.tableOf(Writables.strings(), Writables.strings()));
  }

  private PTable<String, String> side(Pipeline pipeline, long seed) throws Exception {
    Files.writeString(home.resolve("one"), "1\n");
    return pipeline
        .read(From.textFile(file("one")))
        .parallelDo(new Rows(seed), Writables.tableOf(Writables.strings(), Writables.strings()));
  }

  private static final class Facts extends DoFn<String, Pair<String, String>> {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final boolean matchable;
    private transient List<Pair<String, String>> facts;

    Facts(long seed, boolean matchable) {
      this.seed = seed;
      this.matchable = matchable;
    }

    @Override
    public void initialize() {
      facts = tables(seed).facts();
    }

    @Override
    public void process(String number, Emitter<Pair<String, String>> emitter) {
      Pair<String, String> fact = facts.get(Integer.parseInt(number));
      if (!matchable || JoinKeys.canMatch(fact.first())) {
        emitter.emit(fact);
      }
    }
  }

  private static final class Rows extends DoFn<String, Pair<String, String>> {
    private static final long serialVersionUID = 1L;

    private final long seed;

    Rows(long seed) {
      this.seed = seed;
    }

    @Override
    public void process(String one, Emitter<Pair<String, String>> emitter) {
      tables(seed).side().forEach((key, row) -> emitter.emit(Pair.of(key, row)));
    }
  }

  private static final class Numbered extends MapFn<String, Pair<String, String>> {
    private static final long serialVersionUID = 1L;

    private transient int facts;

    @Override
    public Pair<String, String> map(String key) {
      facts++;
      return Pair.of(key, Integer.toString(facts));
    }
  }
}
