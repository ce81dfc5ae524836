package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Five queries of the same days, each of which read as much as the other, a minute apart. */
  private static List<Arrival> past(QueryRequest request, Volume all) {
    List<Arrival> past = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      past.add(new Arrival(World.NOW.minusSeconds(60L * i), request, all));
    }
    return past;
  }

  private static List<Volume> next(List<Query> waiting, List<Arrival> past) {
    Arrivals arrivals = new Arrivals(past, new DayVolumes(waiting), new SplittableRandom(1));
    return arrivals.take(77, World.NOW).chunks().stream().map(Chunk::volume).toList();
  }

  /** A query of one user, which reads so much of each of its days. */
  private static Query waiting(long number, QueryRequest request, Volume... days) {
    QueryId id = Requests.id(number);
    List<Chunk> chunks = new ArrayList<>();
    for (Chunk cut :
        Query.days(request).stream()
            .map(day -> Query.cut(id, request, day, Volume.NONE))
            .toList()) {
      chunks.add(Chunk.waiting(cut.id(), cut.from(), cut.to(), days[chunks.size()]));
    }
    return Query.waiting(id, number, request, chunks, World.NOW, Optional.empty());
  }

  private static QueryRequest part(QueryRequest of, double sample, Instant start, Instant end) {
    return new QueryRequest(
        of.user(),
        of.name(),
        of.rule(),
        of.hash(),
        of.complexity(),
        of.sources(),
        start,
        end,
        sample);
  }

  @Test
  void who_comes_reads_as_much_of_a_day_as_those_who_wait_for_it() {
    Query some = waiting(1, Requests.request("A", 0, 2), new Volume(10, 100), new Volume(70, 700));

    List<Volume> volumes =
        next(List.of(some), past(Requests.request("B", 0, 3), new Volume(120, 1200)));

    assertThat(volumes)
        .containsExactly(new Volume(10, 100), new Volume(70, 700), new Volume(40, 400));
  }

  @Test
  void a_part_or_a_sample_of_a_day_tells_of_the_whole_and_reads_its_share() {
    QueryRequest whole = Requests.request("A", 0, 1);
    QueryRequest tenth = part(whole, 10, whole.start(), whole.end());
    QueryRequest half = part(whole, 100, whole.start(), whole.start().plusMillis(DAY / 2));
    List<Query> waiting =
        List.of(waiting(1, tenth, new Volume(7, 70)), waiting(2, half, new Volume(40, 400)));

    assertThat(next(waiting, past(whole, new Volume(1, 1)))).containsExactly(new Volume(80, 800));
    assertThat(next(waiting, past(tenth, new Volume(1, 1)))).containsExactly(new Volume(8, 80));
  }

  @Test
  void of_a_day_that_nobody_tells_of_all_who_come_read_as_much() {
    DayVolumes volumes = new DayVolumes(List.of());
    QueryRequest few = Requests.request("A", 0, 1);
    QueryRequest many = Requests.request("B", 0, 4);

    Query first =
        new Arrivals(past(few, new Volume(10, 100)), volumes, new SplittableRandom(1))
            .take(1, World.NOW);
    Query second =
        new Arrivals(past(many, new Volume(80, 800)), volumes, new SplittableRandom(1))
            .take(2, World.NOW);

    assertThat(first.chunks().get(0).volume()).isEqualTo(new Volume(10, 100));
    assertThat(second.chunks().stream().map(Chunk::volume))
        .containsExactly(
            new Volume(10, 100), new Volume(20, 200), new Volume(20, 200), new Volume(20, 200));
  }
}
