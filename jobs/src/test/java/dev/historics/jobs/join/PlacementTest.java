package dev.historics.jobs.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How even the loads are. */
class PlacementTest {
  private static final double UNEVEN_MAX = 1.3;
  private static final int TASKS = 5;

  @ParameterizedTest(name = "{0} reducers, exponent {1}")
  @CsvSource({
    "2, 1.5", "7, 1.5", "16, 1.5", "64, 1.5", "16, 0.8", "16, 1.0", "16, 1.2", "16, 2.0", "16, 3.0"
  })
  void reducers_get_about_the_same_of_zipf_keys(int reducers, double exponent) {
    List<String> keys = zipf(exponent, 200_000, 100_000);

    assertThat(unevenness(keys, new HashSet<>(keys), reducers)).isLessThan(UNEVEN_MAX);
  }

  @Test
  void a_single_key_is_spread_evenly() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      keys.add("all");
    }

    assertThat(unevenness(keys, Set.of("all"), 16)).isLessThan(1.1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void reducers_get_about_the_same_of_keys_that_weigh_anything(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> keys = new ArrayList<>();
    while (keys.size() < 100_000) {
      String key = "k" + random.nextInt();
      int count = (int) Math.pow(10, random.nextDouble(0, 4.5));
      for (int i = 0; i < count; i++) {
        keys.add(key);
      }
    }
    shuffle(keys, random);

    assertThat(unevenness(keys, new HashSet<>(keys), random.nextInt(2, 25))).isLessThan(UNEVEN_MAX);
  }

  @ParameterizedTest(name = "{0} reducers")
  @ValueSource(ints = {4, 16, 64})
  void reducers_get_about_the_same_of_real_authors(int reducers) throws Exception {
    List<String> authors = field("author_id");

    assertThat(unevenness(authors, new HashSet<>(authors), reducers)).isLessThan(UNEVEN_MAX);
  }

  @Test
  void a_frequent_key_without_a_row_goes_to_no_reducer_and_leaves_the_others_even()
      throws Exception {
    List<String> regions = field("region");
    Set<String> matched = new HashSet<>(regions);
    matched.removeAll(Set.of("United States", "Unknown"));

    Placement placement = Placement.of(8, counted(regions, 8), matched);

    assertThat(placement.isAlone("United States")).isTrue();
    assertThat(placement.isAlone("Unknown")).isTrue();
    assertThat(placement.isAlone("Germany")).isFalse();
    assertThat(unevenness(regions, matched, 8)).isLessThan(UNEVEN_MAX);
  }

  @Test
  void the_shards_of_a_key_are_on_different_reducers_and_its_row_goes_to_each() {
    List<String> keys = zipf(1.5, 50_000, 1000);
    Placement placement = Placement.of(16, counted(keys, 16), new HashSet<>(keys));

    for (String key : new HashSet<>(keys)) {
      Set<Integer> rows = new HashSet<>();
      for (int reducer : placement.reducers(key)) {
        assertThat(rows.add(reducer)).as(key).isTrue();
      }
      for (int fact = 0; fact < 50; fact++) {
        assertThat(rows).contains(reducer(placement, key, fact).orElseThrow());
      }
    }
    assertThat(placement.reducers("key 1")).hasSize(16);
  }

  /** Largest load by mean load, of what goes to reducers at all. */
  private static double unevenness(List<String> keys, Set<String> matched, int reducers) {
    Placement placement = Placement.of(reducers, counted(keys, reducers), matched);
    long[] loads = new long[reducers];
    for (int fact = 0; fact < keys.size(); fact++) {
      reducer(placement, keys.get(fact), fact).ifPresent(reducer -> loads[reducer]++);
    }
    return Arrays.stream(loads).max().orElseThrow() / Arrays.stream(loads).average().orElseThrow();
  }

  private static OptionalInt reducer(Placement placement, String key, int fact) {
    return placement.reducer(key, fact, number -> "id " + number);
  }

  /** As tasks count them, each a part. */
  private static FrequentKeys counted(List<String> keys, int reducers) {
    FrequentKeys all = FrequentKeys.forReducers(reducers);
    for (int task = 0; task < TASKS; task++) {
      FrequentKeys part = FrequentKeys.forReducers(reducers);
      int from = keys.size() * task / TASKS;
      keys.subList(from, keys.size() * (task + 1) / TASKS).forEach(part::add);
      part.atLeast(1).forEach(all::add);
      all.addOthers(
          part.total() - part.atLeast(1).values().stream().mapToLong(Long::longValue).sum());
    }
    return all;
  }

  private static List<String> zipf(double exponent, int count, int different) {
    double[] sums = new double[different];
    double sum = 0;
    for (int rank = 1; rank <= different; rank++) {
      sum += Math.pow(rank, -exponent);
      sums[rank - 1] = sum;
    }
    SplittableRandom random = new SplittableRandom(1);
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int found = Arrays.binarySearch(sums, random.nextDouble(sum));
      keys.add("key " + ((found < 0 ? -found - 1 : found) + 1));
    }
    return keys;
  }

  private static void shuffle(List<String> keys, SplittableRandom random) {
    for (int i = keys.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      String key = keys.get(i);
      keys.set(i, keys.get(other));
      keys.set(other, key);
    }
  }

  /** A field of the real tweets of August 2017. */
  private static List<String> field(String name) throws IOException {
    Path folder = SharedData.at("troll-tweets");
    JsonMapper json = new JsonMapper();
    List<String> values = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().limit(8).toList()) {
        for (String line : SharedData.lines("troll-tweets/" + file.getFileName())) {
          values.add(json.readTree(line).path(name).asText());
        }
      }
    }
    return values;
  }
}
