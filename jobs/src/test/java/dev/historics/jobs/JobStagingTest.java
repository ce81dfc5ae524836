package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class JobStagingTest {
  private static final String STAGING = "yarn.app.mapreduce.am.staging-dir";
  private static final String HISTORY = "mapreduce.jobhistory.intermediate-done-dir";

  private static Configuration cluster() {
    Configuration conf = new Configuration(false);
    conf.set("fs.defaultFS", "hdfs://names:8020");
    return conf;
  }

  @Test
  void a_job_is_staged_in_its_own_folder_and_its_history_goes_where_it_went() {
    Configuration conf = cluster();
    conf.set(STAGING, "/user");

    JobStaging.in(new Path("hdfs://names:8020/results/_jobs/j7"), conf);

    assertThat(conf.get(STAGING)).isEqualTo("hdfs://names:8020/results/_jobs/j7/staging");
    assertThat(conf.get(HISTORY)).isEqualTo("/user/history/done_intermediate");
  }

  @Test
  void a_history_folder_that_follows_the_staging_folder_stays_where_it_was() {
    Configuration conf = cluster();
    conf.set(STAGING, "/staged");
    conf.set(HISTORY, "${" + STAGING + "}/history");

    JobStaging.in(new Path("hdfs://names:8020/results/_jobs/j7"), conf);

    assertThat(conf.get(HISTORY)).isEqualTo("/staged/history");
  }

  @Test
  void results_on_another_file_system_leave_the_staging_to_hadoop() {
    Configuration conf = cluster();

    JobStaging.in(new Path("hdfs://others:8020/results/_jobs/j7"), conf);
    JobStaging.in(new Path("file:/results/_jobs/j7"), conf);

    assertThat(conf.get(STAGING)).isNull();
    assertThat(conf.get(HISTORY)).isNull();
  }
}
