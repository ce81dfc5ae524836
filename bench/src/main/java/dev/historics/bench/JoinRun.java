package dev.historics.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.historics.jobs.join.SideTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.crunch.DoFn;
import org.apache.crunch.PTable;
import org.apache.crunch.Pair;
import org.apache.crunch.Pipeline;
import org.apache.crunch.Source;
import org.apache.crunch.impl.mr.MRPipeline;
import org.apache.crunch.io.From;
import org.apache.crunch.types.writable.Writables;
import org.apache.hadoop.conf.Configuration;

/** One join as local jobs, one task at a time. */
final class JoinRun {
  private static final int ZIPF_TASKS = 8;

  private final Path work;
  private final long rows;
  private final int reducers;
  private final Path tweets;

  /**
   * @param tweets a folder of tweets; null if none are joined
   */
  JoinRun(Path work, long rows, int reducers, Path tweets) {
    this.work = work;
    this.rows = rows;
    this.reducers = reducers;
    this.tweets = tweets;
  }

  JoinResult run(JoinCase join, JoinWay way) throws Exception {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Pipeline pipeline = new MRPipeline(JoinRun.class, "join", configuration());
    PTable<String, String> side =
        SideTable.open(path(side(join)), key(join), pipeline.getConfiguration())
            .copyTo(path(work.resolve("side.seq")), pipeline);
    PTable<String, String> facts = facts(join, pipeline);
    long started = process.getProcessCpuTime();
    Iterable<String> reports =
        way.join(facts, side, reducers)
            .parallelDo("report", new JoinReportFn(), Writables.strings())
            .materialize();
    if (!pipeline.run().succeeded()) {
      throw new IOException("the join failed");
    }
    double seconds = (process.getProcessCpuTime() - started) / 1e9;
    return result(reports, seconds);
  }

  private JoinResult result(Iterable<String> reports, double seconds) {
    long joined = 0;
    long checksum = 0;
    long longest = 0;
    List<Long> loads = new ArrayList<>(Collections.nCopies(reducers, 0L));
    for (String line : reports) {
      JoinReportFn.Report report = JoinReportFn.Report.parse(line);
      joined += report.rows();
      checksum += report.checksum();
      if (report.isReducer()) {
        loads.set(report.task(), loads.get(report.task()) + report.rows());
        longest = Math.max(longest, report.nanos());
      }
    }
    return new JoinResult(joined, checksum, loads, longest / 1e9, seconds);
  }

  private Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("mapreduce.framework.name", "local");
    conf.set("mapreduce.client.completion.pollinterval", "20");
    conf.set("crunch.max.poll.interval", "5");
    conf.set("mapreduce.task.io.sort.mb", "48");
    conf.set("crunch.tmp.dir", work.resolve("crunch").toString());
    conf.set("hadoop.tmp.dir", work.resolve("hadoop").toString());
    return conf;
  }

  private static String key(JoinCase join) {
    return switch (join) {
      case ZIPF -> "key";
      case AUTHORS -> "author_id";
      case REGIONS -> "name";
    };
  }

  private Path side(JoinCase join) throws IOException {
    return switch (join) {
      case ZIPF -> zipfSide();
      case AUTHORS -> tweets.resolveSibling("side").resolve("troll-authors.csv");
      case REGIONS -> tweets.resolveSibling("side").resolve("countries-iso3166-regions.csv");
    };
  }

  /** One key in ten has no row. */
  private Path zipfSide() throws IOException {
    Path file = work.resolve("side.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("key,category,score\n");
      for (int rank = 1; rank <= ZipfFactsFn.KEYS; rank++) {
        if (rank % 10 != 0) {
          out.write("%s,category %d,%d\n".formatted(ZipfFactsFn.key(rank), rank % 7, rank));
        }
      }
    }
    return file;
  }

  private PTable<String, String> facts(JoinCase join, Pipeline pipeline) throws IOException {
    return switch (join) {
      case ZIPF -> facts(pipeline, zipfInputs(), new ZipfFactsFn(rows / ZIPF_TASKS));
      case AUTHORS -> tweets(pipeline, "author_id");
      case REGIONS -> tweets(pipeline, "region");
    };
  }

  private PTable<String, String> tweets(Pipeline pipeline, String field) throws IOException {
    try (Stream<Path> files = Files.list(tweets)) {
      List<Path> inputs = files.sorted().toList();
      return facts(pipeline, inputs, new TweetFactsFn(field, rows / inputs.size()));
    }
  }

  /** One file for each map task, with the number of its seed. */
  private List<Path> zipfInputs() throws IOException {
    List<Path> inputs = new ArrayList<>();
    for (int task = 0; task < ZIPF_TASKS; task++) {
      Path input = work.resolve("task" + task);
      Files.writeString(input, task + "\n");
      inputs.add(input);
    }
    return inputs;
  }

  private static PTable<String, String> facts(
      Pipeline pipeline, List<Path> inputs, DoFn<String, Pair<String, String>> toFacts) {
    Source<String> source =
        From.textFile(inputs.stream().map(JoinRun::path).toList())
            .inputConf("crunch.disable.combine.file", "true");
    return pipeline
        .read(source)
        .parallelDo("facts", toFacts, Writables.tableOf(Writables.strings(), Writables.strings()));
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toAbsolutePath().normalize().toString());
  }
}
