package dev.historics.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.Policy;
import dev.historics.schedule.SchedulerSettings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each policy made of one small workload, to the last digit: nobody changes a schedule without
 * noticing. When behaviour changes on purpose, {@code mvn -pl historics-scheduler -am test
 * -Dtest=GoldenSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write} writes the
 * files anew, and their diff is what is to be reviewed.
 */
class GoldenSimulationTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "simulation");
  private static final long SEED = 17;

  /** Six users, one of whom dumps three queries; jobs fail, straggle and stray. */
  private static final Synthetic SMALL =
      new Synthetic(
          new ClusterModel(4, 2, 50e6, 0.05, 0.2, List.of(), 0.03, 0.02),
          new ArchiveShape(90, 3_000_000_000L, 0.35, 15),
          new Demand(6, 0.5, 6, 250, 3, 2));

  @ParameterizedTest
  @EnumSource(Policy.class)
  void the_same_workload_has_the_same_schedule_as_ever(Policy policy) throws Exception {
    Run run =
        Simulation.run(
            SMALL.workload(SEED), SchedulerSettings.DEFAULTS.withPolicy(policy), SEED, 6);
    List<String> lines = lines(run);
    Path file = GOLDEN.resolve(policy + ".txt");

    if ("write".equals(System.getProperty("golden"))) {
      write(file, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(file));
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(GOLDEN);
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** One value a line, so that a diff tells what changed. */
  private static List<String> lines(Run run) throws ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    add("", run.figures(), lines);
    for (int i = 0; i < run.windows().size(); i++) {
      lines.add("window " + (i + 1) + " " + run.windows().get(i));
    }
    run.gaps().forEach((user, gap) -> lines.add("gap of " + user + " " + gap));
    run.misses().submission().forEach(miss -> lines.add("miss at submission " + miss));
    run.misses().halfLife().forEach(miss -> lines.add("miss at half life " + miss));
    return lines;
  }

  private static void add(String prefix, Record values, List<String> lines)
      throws IllegalAccessException, InvocationTargetException {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(values);
      String name = prefix + component.getName();
      if (value instanceof Record inner) {
        add(name + ".", inner, lines);
      } else {
        lines.add(name + " " + value);
      }
    }
  }
}
