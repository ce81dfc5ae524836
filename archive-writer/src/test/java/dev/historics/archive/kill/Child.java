package dev.historics.archive.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.testing.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A scenario in a process of its own, so that it can be killed. */
final class Child {
  static final int KILLED = 137;

  private final Scenario scenario;
  private final Path archive;

  Child(Scenario scenario, Path archive) {
    this.scenario = scenario;
    this.archive = archive;
  }

  /** The kill points that the scenario gets to, in order. */
  List<String> points(Path folder) throws IOException, InterruptedException {
    Path record = folder.resolve("points");
    assertThat(run("-Dhistorics.kill.record=" + record, folder.resolve("output"))).isZero();
    return Files.readAllLines(record);
  }

  /** Lets the scenario die when it gets to a point for the n-th time. */
  void killAt(String point, int times, Path output) throws IOException, InterruptedException {
    int status = run("-Dhistorics.kill=%s:%d".formatted(point, times), output);
    assertThat(status).as("%s at %s:%d, see %s", scenario, point, times, output).isEqualTo(KILLED);
  }

  private int run(String property, Path output) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", property));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Scenario.class.getName(), scenario.name(), archive.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    assertThat(Files.readString(output, StandardCharsets.UTF_8)).as("output of %s", this).isEmpty();
    return status;
  }

  @Override
  public String toString() {
    return scenario + " in " + archive;
  }
}
