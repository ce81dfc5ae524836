package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;

/** Verifies one source-day a line; gives, by source, what was found as a line of JSON. */
public final class VerifyMapper extends Mapper<LongWritable, Text, Text, Text> {
  /** The archive's address. */
  static final String ARCHIVE_ROOT = "historics.archive.root";

  private Archive archive;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration conf = context.getConfiguration();
    // Verifying only reads: nothing is stamped with the time.
    archive =
        new Archive(
            ReplayConf.files(URI.create(conf.get(ARCHIVE_ROOT)), conf), InstantSource.system());
  }

  @Override
  protected void map(LongWritable offset, Text directory, Context context)
      throws IOException, InterruptedException {
    SourceDay day = SourceDay.parse(directory.toString());
    List<String> problems = new Verifier(archive).verify(day);
    VerifyReport report = report(day, problems);
    context.getCounter(ReplayFn.COUNTERS, "verified rows").increment(report.records());
    context.getCounter(ReplayFn.COUNTERS, "problems").increment(problems.size());
    context.write(new Text(day.source()), new Text(VerifyJob.toJson(report)));
  }

  private VerifyReport report(SourceDay day, List<String> problems) {
    try {
      Optional<Manifest> manifest = archive.newest(day);
      return new VerifyReport(
          1,
          manifest.map(Manifest::rows).orElse(0L),
          manifest.map(Manifest::bytes).orElse(0L),
          problems);
    } catch (IOException e) {
      // The verifier could not read the manifest either, and said so.
      return new VerifyReport(1, 0, 0, problems);
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    archive.close();
  }
}
