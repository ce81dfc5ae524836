package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the bounds of expected matches hold as often as they say. */
class MatchSampleTest {
  private static final int TWEETS = 20_000;
  private static final int DRAWN = 1_000;
  private static final int TRIALS = 60;

  private static final List<String> WORDS =
      List.of(
          "trump",
          "news",
          "black",
          "police",
          "love",
          "music",
          "obama",
          "people",
          "война",
          "the ",
          "#",
          "http",
          "zzzq",
          "maga",
          "sports",
          "workout",
          "dead",
          "isis",
          "merkel",
          "fake news");

  @Test
  void real_tweets_are_in_the_nine_in_ten_interval_nine_times_in_ten() throws IOException {
    List<String> tweets = tweets();
    int inside = 0;
    int wide = 0;
    for (String word : WORDS) {
      boolean[] matches = new boolean[tweets.size()];
      long all = 0;
      for (int i = 0; i < matches.length; i++) {
        matches[i] = tweets.get(i).contains(word);
        all += matches[i] ? 1 : 0;
      }
      for (int trial = 0; trial < TRIALS; trial++) {
        MatchSample sample = draw(matches, new SplittableRandom(trial * 31L + word.hashCode()));
        Spread records = new Spread(matches.length, matches.length, matches.length);
        inside += sample.nineInTen(records).contains(all) ? 1 : 0;
        Spread spread = sample.matches(records);
        wide += spread.p10() <= all && all <= spread.p90() ? 1 : 0;
      }
    }

    double trials = WORDS.size() * TRIALS;
    assertThat(inside / trials).isBetween(0.88, 0.97);
    assertThat(wide / trials).isBetween(0.77, 0.93);
  }

  private static List<String> tweets() throws IOException {
    Path file = SharedData.at("troll-tweets-bulk/2017-07.ndjson.gz");
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        Stream<String> some = lines.lines().limit(TWEETS)) {
      return some.map(line -> line.toLowerCase(Locale.ROOT)).toList();
    }
  }

  /** As the first rows of a sealed day are drawn: each as likely as any other. */
  private static MatchSample draw(boolean[] matches, SplittableRandom random) {
    int[] order = new int[matches.length];
    long hits = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = 0; i < DRAWN; i++) {
      int other = random.nextInt(i, order.length);
      int drawn = order[other];
      order[other] = order[i];
      hits += matches[drawn] ? 1 : 0;
    }
    MatchSample sample = new MatchSample();
    sample.add(matches.length, DRAWN, hits);
    return sample;
  }

  @Test
  void no_hit_means_at_most_three_in_as_many_as_were_looked_at() {
    MatchSample sample = new MatchSample();
    sample.add(1_000_000, 1_000, 0);
    Spread records = new Spread(1_000_000, 1_000_000, 1_000_000);

    assertThat(sample.nineInTen(records)).isEqualTo(new MatchSample.Interval(0, 2993));
    assertThat(sample.matches(records)).isEqualTo(new Spread(0, 0, 2301));
  }

  @ParameterizedTest(name = "{0} hits")
  @ValueSource(longs = {0, 1, 500, 1000})
  void who_has_seen_everything_knows(long hits) {
    MatchSample sample = new MatchSample();
    sample.add(1_000, 1_000, hits);
    Spread records = new Spread(1_000, 1_000, 1_000);

    assertThat(sample.matches(records)).isEqualTo(new Spread(hits, hits, hits));
    assertThat(sample.nineInTen(records)).isEqualTo(new MatchSample.Interval(hits, hits));
  }

  @Test
  void who_has_seen_nothing_says_anything_is_possible() {
    assertThat(new MatchSample().matches(new Spread(5, 7, 9))).isEqualTo(new Spread(0, 0, 9));
  }
}
