package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobClassesTest {
  @TempDir private Path folder;

  private String jar(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name).toString();
  }

  private static String classPath(String... entries) {
    return String.join(File.pathSeparator, entries);
  }

  @Test
  void jars_that_a_cluster_has_stay_at_home() throws IOException {
    String classPath =
        classPath(
            jar("jobs-0.1.0.jar"),
            jar("hadoop-client-api-3.5.0.jar"),
            jar("slf4j-jdk14-1.7.36.jar"),
            jar("parquet-hadoop-1.18.1.jar"));

    assertThat(JobClasses.jars(classPath))
        .extracting(File::getName)
        .containsExactly("jobs-0.1.0.jar", "parquet-hadoop-1.18.1.jar");
  }

  @Test
  void folders_with_settings_and_missing_entries_are_passed_over() throws IOException {
    Path conf = Files.createDirectory(folder.resolve("conf"));

    assertThat(
            JobClasses.jars(
                classPath(conf.toString(), folder.resolve("missing.jar").toString(), "")))
        .isEmpty();
  }

  @Test
  void a_folder_with_classes_of_the_program_is_an_error() throws IOException {
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve("dev/historics"));

    assertThatThrownBy(() -> JobClasses.jars(classes.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "jobs on a cluster need the program's classes in jars, and '%s' is a folder;"
                + " run it from a build",
            classes);
  }
}
