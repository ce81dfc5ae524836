package dev.historics.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          local | file:///h/archive   | file:///h/results   | ''   | -
          local | hdfs://nn/archive   | file:///h/results   | ''   | -
          local | hdfs://nn/archive   | hdfs://nn/results   | ''   | -
          local | hdfs://nn/archive   | hdfs://other/x      | ''   | are not on one file system
          yarn  | hdfs://nn/archive   | hdfs://nn/results   | conf | -
          yarn  | hdfs://nn/archive   | hdfs://nn/results   | ''   | HADOOP_CONF_DIR
          yarn  | file:///h/archive   | hdfs://nn/results   | conf | do not see archive.root
          yarn  | hdfs://nn/archive   | file:///h/results   | conf | do not see results.root
          yarn  | hdfs://nn/archive   | hdfs://nn:9/results | conf | are not on one file system
          """)
  void where_jobs_run_agrees_with_where_things_lie(
      String runner, URI archive, URI results, String conf, String problem) {
    if (problem == null) {
      assertThat(SettingsCheck.disagreements(runner, archive, results, conf)).isEmpty();
    } else {
      assertThat(SettingsCheck.disagreements(runner, archive, results, conf))
          .singleElement()
          .asString()
          .contains(problem);
    }
  }
}
