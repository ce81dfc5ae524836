package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default policy promises, in small pictures. */
class FairPolicyTest {
  private static final SchedulerSettings FAIR = SchedulerSettings.DEFAULTS;
  private static final SchedulerSettings ALONE = FAIR.withRidersMax(0);

  private static double charged(World world, Account.Kind kind, String name) {
    return world.core.snapshot().accounts().stream()
        .filter(account -> account.kind() == kind && account.name().equals(name))
        .mapToDouble(Account::chargedSeconds)
        .sum();
  }

  private static double charged(World world, String user) {
    return charged(world, Account.Kind.USER, user);
  }

  private static long openedBy(List<String> order, String user) {
    return order.stream().filter(job -> job.startsWith(user)).count();
  }

  @Test
  void fair_is_the_default() {
    assertThat(SchedulerSettings.DEFAULTS.policy()).isEqualTo(Policy.FAIR);
  }

  @Test
  void users_take_turns_whatever_they_ask_for() {
    World world = new World(ALONE);
    world.submit("A", 0, 3);
    world.submit("A", 10, 3);
    world.submit("B", 20, 2);

    assertThat(world.order().subList(0, 4)).containsExactly("A1/0", "B1/20", "A1/1", "B1/21");
  }

  @Test
  void the_cost_of_a_scan_is_split_among_those_who_ride() {
    World world = new World(FAIR);
    world.submit("A", 0, 1);
    world.submit("B", 0, 1);
    world.submit("C", 0, 1);

    world.look();

    double job = world.core.job(world.only().id()).orElseThrow().predictedSeconds();
    assertThat(charged(world, "A")).isCloseTo(job / 3, within(1e-9));
    assertThat(charged(world, "B")).isCloseTo(job / 3, within(1e-9));
    assertThat(charged(world, Account.Kind.EVERYBODY, "")).isCloseTo(job, within(1e-9));
  }

  @Test
  void nobody_is_charged_for_what_the_system_wasted() {
    World world = new World(FAIR);
    world.submit("A", 0, 1);
    world.submit("B", 0, 1);
    world.look();
    JobPlan plan = world.only();

    world.end(plan, List.of(World.again(plan.chunks().get(0)), World.done(plan.chunks().get(1))));

    assertThat(charged(world, "A")).isZero();
    assertThat(charged(world, "B")).isPositive();
    world.look();
    world.lose(world.only());
    assertThat(charged(world, "A")).isZero();
  }

  @Test
  void a_failing_rule_is_paid_for_by_its_user() {
    World world = new World(FAIR);
    world.submit("A", 0, 1);
    world.look();
    JobPlan plan = world.only();

    world.end(plan, List.of(World.never(plan.chunks().get(0))));

    assertThat(charged(world, "A")).isPositive();
  }

  @Test
  void who_has_twice_the_weight_gets_twice_the_turns() {
    World world = new World(ALONE.withFairness(Fairness.DEFAULTS.withWeights(Map.of("A", 2.0))));
    world.submit("A", 0, 60);
    world.submit("B", 100, 60);

    List<String> order = world.order().subList(0, 45);

    assertThat(openedBy(order, "A")).isBetween(29L, 31L);
  }

  @Test
  void a_group_shares_as_one_user_and_its_users_share_what_it_gets() {
    World world =
        new World(
            ALONE.withFairness(
                Fairness.DEFAULTS.withGroups(Map.of("A", "press", "B", "press", "C", "press"))));
    world.submit("A", 0, 60);
    world.submit("B", 100, 60);
    world.submit("C", 200, 60);
    world.submit("D", 300, 60);

    List<String> order = world.order().subList(0, 60);

    assertThat(openedBy(order, "D")).isBetween(29L, 31L);
    for (String user : List.of("A", "B", "C")) {
      assertThat(openedBy(order, user)).as(user).isBetween(9L, 11L);
    }
  }

  @Test
  void who_was_away_has_saved_up_no_turns() {
    World world = new World(ALONE);
    world.submit("A", 0, 40);
    for (int i = 0; i < 20; i++) {
      world.look();
      world.succeed(world.only());
    }
    world.submit("B", 100, 20);

    List<String> order = world.order().subList(0, 10);

    assertThat(openedBy(order, "B")).isBetween(4L, 6L);
  }

  @Test
  void of_the_days_a_query_needs_the_one_that_most_others_wait_for_goes_first() {
    World world = new World(FAIR);
    world.submit("A", 0, 5);
    world.submit("B", 3, 1);

    assertThat(world.order()).startsWith("A1/3+B1/3", "A1/0");
  }

  @Test
  void a_query_that_comes_late_rides_on_the_days_still_to_come() {
    World world = new World(FAIR);
    world.submit("A", 0, 4);
    world.look();
    world.succeed(world.only());
    world.look();
    world.succeed(world.only());
    world.submit("B", 0, 4);

    List<String> order = world.order();
    assertThat(order).hasSize(4);
    assertThat(order.subList(0, 2)).allMatch(job -> job.contains("+"));
  }

  @Test
  void riders_lengthen_a_scan_by_a_quarter_at_most_and_the_rest_form_another_job() {
    World world = new World(FAIR);
    for (int i = 0; i < 12; i++) {
      world.submit("U" + i, 0, 1);
    }

    world.look();

    JobPlan plan = world.only();
    Job job = world.core.job(plan.id()).orElseThrow();
    // A lone scan of this day takes 6 seconds, and every rider adds a quarter of a second.
    assertThat(job.predictedSeconds()).isLessThanOrEqualTo(6 * 1.25);
    assertThat(plan.chunks()).hasSize(7);
    world.succeed(plan);
    world.look();
    assertThat(world.only().chunks()).hasSize(5);
  }

  @ParameterizedTest(name = "{0} ahead, {1} days: {2}")
  @CsvSource({"1.1, 1, true", "0.9, 1, false", "2.1, 8, true", "1.9, 8, false"})
  void who_is_ahead_does_not_ride_sooner_so_with_a_large_query(
      double aheadMax, int days, boolean rides) {
    World world =
        new World(FAIR.withFairness(Fairness.DEFAULTS.withAhead(aheadMax, Duration.ofHours(1))));
    world.submit("A", 100, 1);
    world.look();
    world.submit("A", 0, days);
    world.submit("B", 0, 1);

    assertThat(world.order().get(1)).isEqualTo(rides ? "B1/0+A2/0" : "B1/0");
  }

  @Test
  void a_small_query_overtakes_its_users_large_one_which_is_not_overtaken_for_ever() {
    World world = new World(ALONE.withFairness(Fairness.DEFAULTS.withStretchMax(2)));
    world.submit("A", 0, 10);
    world.submit("A", 100, 1);
    assertThat(world.order()).startsWith("A2/100");

    World later = new World(ALONE.withFairness(Fairness.DEFAULTS.withStretchMax(2)));
    later.submit("A", 0, 10);
    later.look(Duration.ofHours(1));
    later.succeed(later.only());
    later.submit("A", 100, 1);
    assertThat(later.order()).endsWith("A2/100");
  }

  @Test
  void with_no_stretch_the_oldest_query_of_a_user_goes_first() {
    World world = new World(ALONE.withFairness(Fairness.DEFAULTS.withStretchMax(0)));
    world.submit("A", 0, 2);
    world.submit("A", 100, 1);

    assertThat(world.order()).containsExactly("A1/0", "A1/1", "A2/100");
  }

  @Test
  void fifo_takes_the_oldest_query_and_greedy_the_day_that_most_wait_for() {
    World fifo = new World(FAIR.withPolicy(Policy.FIFO));
    World greedy = new World(FAIR.withPolicy(Policy.GREEDY));
    for (World world : List.of(fifo, greedy)) {
      world.submit("A", 0, 3);
      world.submit("B", 5, 1);
      world.submit("C", 5, 1);
    }

    assertThat(fifo.order()).containsExactly("A1/0", "A1/1", "A1/2", "B1/5+C1/5");
    assertThat(greedy.order()).containsExactly("B1/5+C1/5", "A1/0", "A1/1", "A1/2");
  }
}
