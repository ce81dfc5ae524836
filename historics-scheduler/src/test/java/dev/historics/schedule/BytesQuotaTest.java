package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Of what a quota of bytes leaves, everything is used that fits. */
class BytesQuotaTest {
  private static final SchedulerSettings ALONE = SchedulerSettings.DEFAULTS.withRidersMax(0);

  private static SchedulerSettings limited(Policy policy, long bytesPerDay) {
    return ALONE
        .withPolicy(policy)
        .withQuotas(Quotas.NONE.with(Quota.BYTES_PER_DAY, Quotas.EVERY_USER, bytesPerDay));
  }

  /** Days of 60 bytes, but the second of 90 and those from the tenth on of 10. */
  private static long bytes(LocalDate day) {
    if (day.equals(World.day(1))) {
      return 90;
    }
    return day.isBefore(World.day(9)) ? 60 : 10;
  }

  private static QueryId submit(World world, String user, int first, int days) {
    return world.submit(Requests.request(user, first, days), BytesQuotaTest::bytes);
  }

  @ParameterizedTest
  @EnumSource
  void days_that_fit_go_on_beside_a_large_one_of_the_same_user(Policy policy) {
    World world = new World(limited(policy, 100));
    submit(world, "A", 0, 2);
    submit(world, "A", 9, 3);

    assertThat(world.order())
        .as("60 bytes and three times 10; 90 do not fit in beside them")
        .containsExactlyInAnyOrder("A1/0", "A2/9", "A2/10", "A2/11");
    assertThat(world.core.heldUntil())
        .contains(World.NOW.plus(Duration.ofMinutes(80 * 24 * 60 / 100)).plusMillis(1));
  }

  @ParameterizedTest
  @EnumSource
  void days_of_the_same_query_that_fit_go_on_beside_a_large_one(Policy policy) {
    World world = new World(limited(policy, 160));
    submit(world, "A", 1, 10);

    assertThat(world.order()).containsExactly("A1/1", "A1/2", "A1/9");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"tickets", "seed"})
  void a_pool_that_quotas_hold_back_lets_others_have_the_slot(String policy) {
    World world = new World(limited(Policy.named(policy), 60).withPool(1, Duration.ofDays(1)));
    submit(world, "A", 2, 3);
    submit(world, "B", 3, 3);

    assertThat(world.order()).containsExactly("A1/2", "B1/3");
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_for_bytes_has_no_ticket_and_stands_before_nobody(Policy policy) {
    World world = new World(limited(policy, 100));
    submit(world, "A", 0, 1);
    world.look();
    world.succeed(world.only());
    QueryId held = submit(world, "A", 1, 1);
    QueryId small = submit(world, "A", 9, 3);
    world.look();

    Map<ChunkId, Long> tickets = world.core.tickets(Set.of("A"), World.NOW);
    assertThat(tickets.keySet()).extracting(ChunkId::query).containsOnly(small);
    assertThat(world.core.hold(held, World.NOW)).isPresent();
    assertThat(world.core.hold(small, World.NOW)).isEmpty();
  }

  /** A query of a trace: whose, its first day, and what each of its days is to read. */
  private record Asked(String user, LocalDate first, List<Long> bytes) {
    Asked {
      bytes = List.copyOf(bytes);
    }

    long bytes(LocalDate day) {
      return bytes.get((int) (day.toEpochDay() - first.toEpochDay()));
    }
  }

  /** Four users, of whom two share a group, ask, and jobs end; everything is counted again. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void nothing_that_fits_waits_while_a_slot_is_free(Policy policy) {
    for (int seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Quotas quotas =
          Quotas.NONE
              .with(Quota.BYTES_PER_DAY, Quotas.EVERY_USER, 100)
              .with(Quota.BYTES_PER_DAY, "press", 150)
              .with(Quota.RUNNING, "u3", 2);
      World world =
          new World(
              SchedulerSettings.DEFAULTS
                  .withPolicy(policy)
                  .withJobs(3)
                  .withPool(2, Duration.ofHours(1))
                  .withFairness(Fairness.DEFAULTS.withGroups(Map.of("u0", "press", "u1", "press")))
                  .withQuotas(quotas));
      Map<QueryId, Asked> asked = new HashMap<>();
      for (int step = 0; step < 120; step++) {
        happen(world, asked, random);
        world.lookAt(world.now.plus(Duration.ofMinutes(random.nextInt(120))), Duration.ofHours(1));
        if (world.running.size() < 3) {
          nothingFits(world, seed + "/" + step);
        }
      }
    }
  }

  private static void happen(World world, Map<QueryId, Asked> asked, SplittableRandom random) {
    if (asked.size() < 40 && random.nextInt(3) == 0) {
      List<Long> bytes = new ArrayList<>();
      int days = 1 + random.nextInt(6);
      for (int i = 0; i < days; i++) {
        bytes.add(random.nextInt(4) == 0 ? 0L : random.nextLong(101));
      }
      QueryRequest request =
          Requests.request("u" + random.nextInt(4), random.nextInt(8), bytes.size());
      Asked query = new Asked(request.user(), Query.days(request).get(0), bytes);
      asked.put(world.submit(request, query::bytes), query);
    } else if (!world.running.isEmpty()) {
      JobPlan plan = List.copyOf(world.running.values()).get(random.nextInt(world.running.size()));
      if (random.nextInt(5) == 0) {
        world.lose(plan);
      } else {
        world.succeed(plan);
      }
    }
  }

  private static void nothingFits(World world, String when) {
    boolean byItself = false;
    for (Query query : world.core.snapshot().queries()) {
      String user = query.head().request().user();
      boolean runsEnough = user.equals("u3") && running(world, user) >= 2;
      for (Chunk chunk : query.chunks()) {
        if (chunk.status() == QueryStatus.QUEUED) {
          assertThat(runsEnough || !fits(world, user, chunk.volume().bytes()))
              .as("%s: something holds %s", when, chunk.id())
              .isTrue();
          byItself |= !runsEnough;
        }
      }
    }
    assertThat(world.core.heldUntil().isPresent())
        .as("%s: a look is due when the first of them goes on", when)
        .isEqualTo(byItself);
  }

  private static boolean fits(World world, String user, long bytes) {
    boolean press = user.equals("u0") || user.equals("u1");
    return bytes <= left(world, user, 100) && (!press || bytes <= left(world, "press", 150));
  }

  private static long left(World world, String owner, long perDay) {
    return world.core.snapshot().buckets().stream()
        .filter(bucket -> bucket.owner().name().equals(owner))
        .map(bucket -> bucket.refill(perDay, world.now).left())
        .findFirst()
        .orElse(perDay);
  }

  private static long running(World world, String user) {
    return world.core.snapshot().queries().stream()
        .filter(query -> query.head().request().user().equals(user))
        .flatMap(query -> query.chunks().stream())
        .filter(chunk -> chunk.status() == QueryStatus.RUNNING)
        .count();
  }
}
