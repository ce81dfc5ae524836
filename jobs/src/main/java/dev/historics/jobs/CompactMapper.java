package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.upkeep.CompactionReport;
import dev.historics.archive.upkeep.Compactor;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * Seals one source-day a line; gives the directory and a line of text for each that cannot be
 * sealed. What was sealed is told by the days' manifests: a twin of this task may have been faster,
 * and an attempt may die after it has published.
 */
public final class CompactMapper extends Mapper<LongWritable, Text, Text, Text> {
  /** Where the job's plan lies, below the results root. */
  static final String PLAN = "historics.compact.plan";

  private CompactPlan plan;
  private Archive archive;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration conf = context.getConfiguration();
    try (ArchiveFiles results = ReplayConf.results(conf)) {
      plan = CompactPlan.read(results, conf.get(PLAN));
    }
    archive = ReplayConf.archive(plan.archiveRoot(), conf);
  }

  @Override
  protected void map(LongWritable offset, Text directory, Context context)
      throws IOException, InterruptedException {
    SourceDay day = SourceDay.parse(directory.toString());
    CompactPlan.Layout layout = plan.layout(day.source());
    try {
      Optional<CompactionReport> report =
          new Compactor(archive, plan.settings())
              .compact(day, layout.considered(), layout.stripping());
      context
          .getCounter(ReplayFn.COUNTERS, "sealed rows")
          .increment(report.map(CompactionReport::rows).orElse(0L));
    } catch (IOException e) {
      // The other days do not wait for one that is damaged.
      context.write(directory, new Text(String.valueOf(e.getMessage()).replaceAll("\\s+", " ")));
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    archive.close();
  }
}
