package dev.historics.jobs;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** Finds and ends applications on a YARN cluster by their tag. */
final class YarnJobs {
  private static final EnumSet<YarnApplicationState> ALIVE =
      EnumSet.of(
          YarnApplicationState.NEW,
          YarnApplicationState.NEW_SAVING,
          YarnApplicationState.SUBMITTED,
          YarnApplicationState.ACCEPTED,
          YarnApplicationState.RUNNING);

  private YarnJobs() {}

  /** Ends every application that carries {@code tag} and is not over. */
  static void kill(Configuration conf, String tag) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(conf));
      client.start();
      for (ApplicationReport report :
          client.getApplications(Set.of("MAPREDUCE"), ALIVE, Set.of(tag))) {
        client.killApplication(report.getApplicationId());
      }
    } catch (YarnException e) {
      throw new IOException("YARN did not end the jobs with tag '%s'".formatted(tag), e);
    }
  }

  /**
   * What the resource manager says of the last application that carries {@code tag}, if it does.
   */
  static Optional<String> lastWords(Configuration conf, String tag) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(conf));
      client.start();
      return client.getApplications(Set.of("MAPREDUCE"), null, Set.of(tag)).stream()
          .max(Comparator.comparing(ApplicationReport::getStartTime))
          .map(ApplicationReport::getDiagnostics)
          .flatMap(HadoopWords::line);
    } catch (YarnException e) {
      throw new IOException("YARN does not tell of the jobs with tag '%s'".formatted(tag), e);
    }
  }
}
