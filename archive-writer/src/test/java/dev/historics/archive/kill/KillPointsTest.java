package dev.historics.archive.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.Archive;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.LocalFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Model;
import dev.historics.archive.testing.Scenario;
import dev.historics.archive.upkeep.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed at every point of every protocol; then it is done again. With {@code
 * -Dhistorics.kill.all=true} at every visit of a point and not only at the one in the middle.
 */
class KillPointsTest {
  private static final boolean ALL = Boolean.getBoolean("historics.kill.all");
  private static final int AT_ONCE = 2;

  @TempDir Path folder;

  @Test
  void whatever_is_killed_wherever_the_archive_is_whole_and_doing_it_again_completes_it()
      throws Exception {
    Set<String> hit = new TreeSet<>();
    List<Callable<Void>> deaths = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      Map<String, Integer> points = points(scenario);
      for (Map.Entry<String, Integer> point : points.entrySet()) {
        boolean isNew = hit.add(point.getKey());
        for (int times = 1; times <= point.getValue(); times++) {
          if (ALL || (isNew && times == (point.getValue() + 1) / 2)) {
            int visit = times;
            deaths.add(() -> dieAndDoAgain(scenario, point.getKey(), visit));
          }
        }
      }
    }

    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<Void> death : threads.invokeAll(deaths)) {
        death.get();
      }
    } finally {
      threads.shutdownNow();
    }

    for (KillPoint point : KillPoint.values()) {
      assertThat(hit).as("a scenario that gets to a point").contains(point.text());
    }
  }

  /** How often a scenario gets to each point. */
  private Map<String, Integer> points(Scenario scenario) throws IOException, InterruptedException {
    Path root = folder.resolve(scenario + "-points");
    scenario.prepare(Archives.over(new LocalFiles(root.resolve("archive"))));
    Map<String, Integer> points = new LinkedHashMap<>();
    for (String point : new Child(scenario, root.resolve("archive")).points(root)) {
      points.merge(point, 1, Integer::sum);
    }
    return points;
  }

  private Void dieAndDoAgain(Scenario scenario, String point, int times)
      throws IOException, InterruptedException {
    String death = "%s-%s-%d".formatted(scenario, point, times);
    Path root = folder.resolve(death);
    Archive archive = Archives.over(new LocalFiles(root.resolve("archive")));
    scenario.prepare(archive);

    new Child(scenario, root.resolve("archive")).killAt(point, times, root.resolve("output"));

    Model left = Model.of(archive);
    assertThat(scenario.isWhole(left)).as(death).isTrue();
    verify(archive, death);
    scenario.run(archive);
    assertThat(Model.of(archive)).as(death).isEqualTo(scenario.after());
    Scenario.SWEEP.run(archive);
    assertThat(Model.of(archive)).as(death).isEqualTo(scenario.after());
    verify(archive, death);
    assertThat(files(root.resolve("archive")))
        .as("files after %s", death)
        .isEqualTo(Archives.named(archive));
    return null;
  }

  private static SortedSet<String> files(Path root) throws IOException {
    try (Stream<Path> below = Files.walk(root)) {
      return below
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void verify(Archive archive, String death) throws IOException {
    for (SourceDay day : archive.days()) {
      assertThat(new Verifier(archive).verify(day)).as(death).isEmpty();
    }
  }
}
