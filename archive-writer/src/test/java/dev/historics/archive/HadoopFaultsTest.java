package dev.historics.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.testing.FaultSweep;
import dev.historics.archive.testing.Faults;
import dev.historics.archive.testing.Scenario;
import dev.historics.archive.testing.Seeds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hadoop's view of the local disk fails or lies at one operation: at some that chance picks, and
 * with {@code -Dfaults.all=true} at each, in every way.
 */
class HadoopFaultsTest {
  private static final boolean ALL = Boolean.getBoolean("faults.all");
  private static final int KINDS_EACH = 3;
  private static final URI LOCAL = URI.create("file:///");

  @TempDir Path folder;

  private FaultSweep sweep() {
    return new FaultSweep(LOCAL, folder.toString(), new Configuration());
  }

  static LongStream seeds() {
    return Seeds.some(1);
  }

  @ParameterizedTest(name = "replay with -Dseed={0}")
  @MethodSource("seeds")
  void whatever_one_operation_does_wrong_nothing_is_half_there_and_again_completes_it(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Scenario[] scenarios = Scenario.values();
    Faults.Kind[] kinds = Faults.Kind.values();
    if (ALL) {
      for (Scenario scenario : scenarios) {
        List<String> log = sweep().operations(scenario);
        for (Faults.Kind kind : kinds) {
          sweep().run(scenario, kind, kind.candidates(log));
        }
      }
      return;
    }
    for (Scenario scenario : scenarios) {
      List<String> log = sweep().operations(scenario);
      for (int i = 0; i < KINDS_EACH; i++) {
        Faults.Kind kind = kinds[random.nextInt(kinds.length)];
        List<Integer> candidates = kind.candidates(log);
        if (!candidates.isEmpty()) {
          int at = random.nextInt(candidates.size());
          sweep().run(scenario, kind, candidates.subList(at, at + 1));
        }
      }
    }
  }

  @Test
  void a_storage_that_says_it_published_and_did_not_is_found_out() throws IOException {
    List<String> log = sweep().operations(Scenario.IMPORT);
    List<Integer> renames = Faults.Kind.RENAME_LIES.candidates(log);

    assertThat(renames).hasSizeGreaterThan(3);
    sweep().run(Scenario.IMPORT, Faults.Kind.RENAME_LIES, renames);
  }
}
