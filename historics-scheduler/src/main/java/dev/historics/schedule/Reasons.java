package dev.historics.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells of queries why they wait, in the order of what has to change first. */
final class Reasons {
  private final SchedulerSettings settings;
  private final Core core;
  private final Set<String> members;
  private final boolean led;
  private final Instant now;

  /**
   * @param members the users who are served at present
   * @param led whether somebody dispatches
   */
  Reasons(SchedulerSettings settings, Core core, Set<String> members, boolean led, Instant now) {
    this.settings = settings;
    this.core = core;
    this.members = members;
    this.led = led;
    this.now = now;
  }

  /**
   * @param ticket the lowest of the query's waiting chunks
   */
  Reason of(Query query, OptionalLong ticket) {
    return switch (query.head().status()) {
      case PAUSING -> Reason.of("it pauses as soon as its running chunks end");
      case PAUSED -> new Reason("it is paused", "'resume' lets it go on");
      case STOPPING ->
          ends(
              "it stops as soon as its running chunks end and its results are put together", query);
      case DELAYED -> delayed(query);
      case INIT, QUEUED, SUBMITTED, RUNNING ->
          some(query, QueryStatus.QUEUED) ? waits(query, ticket) : running(query);
      case STOPPED, SUCCEEDED, FAILED -> Reason.of("it has ended");
    };
  }

  private static Reason delayed(Query query) {
    return query.chunks().stream()
        .filter(chunk -> chunk.status() == QueryStatus.DELAYED)
        .findFirst()
        .map(
            chunk ->
                "%s failed %s (%s)"
                    .formatted(chunk.id().day(), times(chunk.attempts()), chunk.failure()))
        .map(why -> new Reason(why, "'resume' tries it again"))
        .orElse(new Reason("its results could not be put together", "'resume' tries it again"));
  }

  private Reason running(Query query) {
    return some(query, QueryStatus.RUNNING)
        ? Reason.of("all its remaining chunks are running")
        : ends("all its chunks are over; its results are being put together", query);
  }

  private Reason ends(String why, Query query) {
    return led || some(query, QueryStatus.RUNNING) ? Reason.of(why) : nobodyDispatches();
  }

  private static Reason nobodyDispatches() {
    return new Reason("no scheduler runs on this state", "'run' starts one");
  }

  private static Reason andNobodyDispatches(Reason held) {
    Reason nobody = nobodyDispatches();
    return new Reason(
        "%s; %s".formatted(held.why(), nobody.why()),
        "%s; %s".formatted(held.help(), nobody.help()));
  }

  private Reason waits(Query query, OptionalLong ticket) {
    Optional<Reason> held = held(query);
    if (!led) {
      return held.map(Reasons::andNobodyDispatches).orElseGet(Reasons::nobodyDispatches);
    }
    return held.or(() -> rests(query))
        .or(() -> outOfPool(query))
        .or(() -> suspected(query))
        .orElseGet(() -> ticket.isEmpty() ? withoutTicket(query) : turn(query, ticket.getAsLong()));
  }

  // ---- quotas

  private Optional<Reason> held(Query query) {
    return core.hold(query.id(), now).map(this::held);
  }

  private Reason held(Hold hold) {
    String key = hold.quota().key();
    String owner = hold.owner().name();
    long limit = settings.quotas().limit(hold.quota(), hold.owner()).orElseThrow();
    return switch (hold.quota()) {
      case QUEUED ->
          new Reason(
              "%s may have %d chunks queued or running (%s), and it does not fit in beside those there are"
                  .formatted(owner, limit, key),
              "it is queued when enough of them are over, or a query of %s is paused or stopped"
                  .formatted(owner));
      case RUNNING ->
          new Reason(
              "%s may run %d at a time (%s)".formatted(owner, limit, key),
              "it goes on when one of %s's chunks ends".formatted(owner));
      case BYTES_PER_DAY ->
          new Reason(
              "%s may read %s within a day (%s), and what is left is not enough for its next chunk"
                  .formatted(owner, size(limit), key),
              "it goes on at %s, when enough has come back"
                  .formatted(hold.until().orElseThrow().truncatedTo(ChronoUnit.SECONDS)));
      case RESULT_BYTES ->
          new Reason(
              "%s may keep %s of results (%s), and keeps as many"
                  .formatted(owner, size(limit), key),
              "'delete' queries of %s whose results are not needed".formatted(owner));
    };
  }

  // ---- failures

  /** All that waits of it failed and waits for the next attempt. */
  private Optional<Reason> rests(Query query) {
    LiveQuery live = core.find(query.id()).orElseThrow();
    if (!live.ready().isEmpty()) {
      return Optional.empty();
    }
    return query.chunks().stream()
        .filter(chunk -> chunk.status() == QueryStatus.QUEUED)
        .filter(chunk -> chunk.caution().notBefore() > core.dispatchedMillis())
        .min((one, other) -> Long.compare(one.caution().notBefore(), other.caution().notBefore()))
        .map(
            chunk ->
                Reason.of(
                    "%s failed (%s) and is tried again in %s"
                        .formatted(
                            chunk.id().day(),
                            chunk.failure(),
                            Words.of(
                                Duration.ofMillis(
                                    chunk.caution().notBefore() - core.dispatchedMillis())))));
  }

  private Optional<Reason> suspected(Query query) {
    return query.chunks().stream()
        .filter(chunk -> chunk.status() == QueryStatus.QUEUED && chunk.caution().suspect())
        .findFirst()
        .map(
            chunk -> {
              int party = chunk.caution().partyMax();
              return Reason.of(
                  "%s with %s aboard died (%s), so it is tried %s"
                      .formatted(
                          chunk.caution().deaths() == 1
                              ? "a job"
                              : chunk.caution().deaths() + " jobs",
                          chunk.id().day(),
                          chunk.failure(),
                          company(party - 1)));
            });
  }

  private static String company(int others) {
    return switch (others) {
      case 0 -> "alone";
      case 1 -> "with one other that was aboard at most";
      default -> "with at most %d others that were aboard".formatted(others);
    };
  }

  // ---- turns

  private Optional<Reason> outOfPool(Query query) {
    String user = query.head().request().user();
    return members.contains(user)
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "%s is not in the pool: users with older queries are served first, %d at a time (scheduler.pool)"
                    .formatted(user, settings.poolSize()),
                "%s gets in when there is room, or after %s of waiting"
                    .formatted(user, Words.of(settings.starvationInterval()))));
  }

  private Reason withoutTicket(Query query) {
    return settings.policy().pools()
        ? Reason.of("it is new: its chunks get their tickets at the next dispatch")
        : new Reason(
            "an older query of %s goes first".formatted(query.head().request().user()),
            "it rides when others scan its days");
  }

  private Reason turn(Query query, long ticket) {
    long before = ticket - core.nextTicket();
    if (before > 0) {
      String turn =
          "its next chunk has ticket %d; %d %s before it"
              .formatted(ticket, before, before == 1 ? "is" : "are");
      return full(query)
          .map(
              job ->
                  new Reason(
                      "%s, and %s, which scans %s, has as many riders as may be (scheduler.riders)"
                          .formatted(turn, job.id(), job.day()),
                      "a larger scheduler.riders takes more along"))
          .orElseGet(
              () ->
                  new Reason(
                      turn,
                      settings.policy() == Policy.FAIR ? lead(query.head().request().user()) : ""));
    }
    List<Job> jobs = core.running();
    String next = "its next chunk has ticket %d and is the next to start".formatted(ticket);
    if (jobs.size() < settings.jobs()) {
      return Reason.of(next);
    }
    return new Reason(
        "%s, but %s (%s)"
            .formatted(
                next,
                settings.jobs() == 1
                    ? "a job runs already"
                    : "%d jobs run already".formatted(jobs.size()),
                days(jobs)),
        "a larger scheduler.jobs starts it sooner, where the machine has room");
  }

  /** A job that runs over a day that the query waits for, and could not take it along. */
  private Optional<Job> full(Query query) {
    Set<LocalDate> days =
        query.chunks().stream()
            .filter(chunk -> chunk.status() == QueryStatus.QUEUED)
            .map(chunk -> chunk.id().day())
            .collect(Collectors.toSet());
    return core.running().stream()
        .filter(job -> days.contains(job.day()) && job.riders().size() > settings.ridersMax())
        .findFirst();
  }

  private String lead(String user) {
    double weight = settings.fairness().weight(user);
    return weight < 1
        ? "%s has the weight %s (scheduler.weights)".formatted(user, Double.toString(weight))
        : "it rides for a share of the cost when others scan its days";
  }

  private static String days(List<Job> jobs) {
    int shown = 3;
    String first =
        String.join(
            ", ", jobs.stream().limit(shown).map(job -> job.id() + " scans " + job.day()).toList());
    return jobs.size() > shown ? first + ", ..." : first;
  }

  // ---- words

  private static boolean some(Query query, QueryStatus status) {
    return query.chunks().stream().anyMatch(chunk -> chunk.status() == status);
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String size(long bytes) {
    String[] units = {"bytes", "KB", "MB", "GB", "TB"};
    int unit =
        IntStream.range(1, units.length).filter(i -> bytes >= 1L << (10 * i)).reduce(0, Math::max);
    double amount = (double) bytes / (1L << (10 * unit));
    return String.format(
        Locale.ROOT, amount == Math.rint(amount) ? "%.0f %s" : "%.1f %s", amount, units[unit]);
  }
}
