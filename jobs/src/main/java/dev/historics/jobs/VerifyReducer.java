package dev.historics.jobs;

import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/** Adds up what was found in the days of a source. */
public final class VerifyReducer extends Reducer<Text, Text, Text, Text> {
  @Override
  protected void reduce(Text source, Iterable<Text> days, Context context)
      throws IOException, InterruptedException {
    VerifyReport sum = VerifyReport.NOTHING;
    for (Text day : days) {
      sum = sum.plus(VerifyJob.parse(day.toString()));
    }
    context.write(source, new Text(VerifyJob.toJson(sum)));
  }
}
