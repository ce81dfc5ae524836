package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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

  @Test
  void of_a_loader_of_its_own_come_the_program_and_the_jars_that_it_names() throws IOException {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    Files.createDirectories(unpacked.resolve("dev/historics"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "jobs-1.jar avro-1.jar");
    Path program = folder.resolve("program.jar");
    new JarOutputStream(Files.newOutputStream(program), manifest).close();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {unpacked.toUri().toURL(), program.toUri().toURL()}, null)) {
      assertThat(JobClasses.classPath(loader))
          .isEqualTo(
              classPath(
                  program.toString(),
                  folder.resolve("jobs-1.jar").toString(),
                  folder.resolve("avro-1.jar").toString()));
    }
    assertThat(JobClasses.classPath(getClass().getClassLoader()))
        .isEqualTo(System.getProperty("java.class.path"));
  }
}
