package dev.historics.schedule;

import dev.historics.schedule.Account.Kind;
import dev.historics.schedule.Bucket.Owner;
import dev.historics.schedule.Waiting.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What users and groups have of what there are quotas for. Owned by one thread. */
final class Usage {
  /** What is counted of one query. */
  record Share(int queued, int running) {
    static final Share NONE = new Share(0, 0);
  }

  private final Quotas quotas;
  private final Fairness fairness;
  private final Map<Owner, Share> shares = new HashMap<>();
  private final TreeMap<Owner, Bucket> buckets =
      new TreeMap<>(Comparator.comparing(Owner::kind).thenComparing(Owner::name));
  private final TreeMap<String, Long> results = new TreeMap<>();
  private final Map<String, Long> groupResults = new HashMap<>();
  private final Set<Owner> changedBuckets = new LinkedHashSet<>();
  private final Set<String> changedResults = new LinkedHashSet<>();
  private Instant now = Instant.EPOCH;

  Usage(SchedulerSettings settings) {
    this.quotas = settings.quotas();
    this.fairness = settings.fairness();
  }

  /** The user, and her group if she is in one. */
  private List<Owner> owners(String user) {
    String group = fairness.groups().get(user);
    Owner own = new Owner(Kind.USER, user);
    return group == null ? List.of(own) : List.of(own, new Owner(Kind.GROUP, group));
  }

  /** It is that late now, as somebody's clock has it. */
  void tell(Instant clock) {
    now = clock;
  }

  // ---- chunks that are queued or run

  /** Counts a query's chunks as they are now. */
  void count(LiveQuery query) {
    Share was = query.counted();
    Share is = new Share(query.queueing(), query.count(QueryStatus.RUNNING));
    if (!is.equals(was)) {
      query.counted(is);
      for (Owner owner : owners(query.user())) {
        Share all = shares.getOrDefault(owner, Share.NONE);
        shares.put(
            owner,
            new Share(
                all.queued() + is.queued() - was.queued(),
                all.running() + is.running() - was.running()));
      }
    }
  }

  /** The quota that keeps a query of so many chunks from being queued. */
  Optional<Hold> queueHold(String user, int chunks) {
    for (Owner owner : owners(user)) {
      OptionalLong limit = quotas.limit(Quota.QUEUED, owner);
      int have = shares.getOrDefault(owner, Share.NONE).queued();
      // A limit that was lowered later must not keep a query out for ever.
      if (limit.isPresent() && have > 0 && have + chunks > limit.getAsLong()) {
        return Optional.of(new Hold(Quota.QUEUED, owner, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  /** What quotas leave users until something starts or ends, or the clock is told. */
  Room room() {
    if (quotas.none()) {
      return Room.UNBOUNDED;
    }
    Map<String, Long> known = new HashMap<>();
    return user -> known.computeIfAbsent(user, this::bytesToStart);
  }

  private long bytesToStart(String user) {
    long most = Long.MAX_VALUE;
    for (Owner owner : owners(user)) {
      if (runningHold(owner, 0).or(() -> resultsHold(owner)).isPresent()) {
        return -1;
      }
      OptionalLong perDay = quotas.limit(Quota.BYTES_PER_DAY, owner);
      if (perDay.isPresent()) {
        long left = bucket(owner, perDay.getAsLong()).left();
        // What is larger than a limit that was lowered later starts with a full bucket.
        most = left < perDay.getAsLong() ? Math.min(most, left) : most;
      }
    }
    return most;
  }

  /** Whether a chunk may ride with those that are to start with it, and have not been counted. */
  boolean mayRide(Slot slot, List<Slot> beside) {
    return holds(slot.query().user(), slot.chunk().volume().bytes(), beside).isEmpty();
  }

  /**
   * The quota that keeps a user's chunk from being started: of several the one that ends last.
   *
   * @param bytes what the chunk is to read
   */
  Optional<Hold> startHold(String user, long bytes) {
    return holds(user, bytes, List.of()).stream().max(Hold.ENDS);
  }

  private List<Hold> holds(String user, long bytes, List<Slot> beside) {
    if (quotas.none()) {
      return List.of();
    }
    List<Hold> holds = new ArrayList<>();
    for (Owner owner : owners(user)) {
      List<Slot> together =
          beside.stream().filter(other -> owners(other.query().user()).contains(owner)).toList();
      runningHold(owner, together.size()).ifPresent(holds::add);
      resultsHold(owner).ifPresent(holds::add);
      bytesHold(owner, bytes, together).ifPresent(holds::add);
    }
    return holds;
  }

  private Optional<Hold> runningHold(Owner owner, int together) {
    OptionalLong limit = quotas.limit(Quota.RUNNING, owner);
    int running = shares.getOrDefault(owner, Share.NONE).running();
    return limit.isPresent() && running + together >= limit.getAsLong()
        ? Optional.of(new Hold(Quota.RUNNING, owner, Optional.empty()))
        : Optional.empty();
  }

  // ---- bytes that are read

  private Optional<Hold> bytesHold(Owner owner, long bytes, List<Slot> together) {
    OptionalLong limit = quotas.limit(Quota.BYTES_PER_DAY, owner);
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    long perDay = limit.getAsLong();
    long besides = together.stream().mapToLong(other -> other.chunk().volume().bytes()).sum();
    long need = besides + Math.min(bytes, perDay);
    Bucket bucket = bucket(owner, perDay);
    return bucket.left() < need
        ? Optional.of(
            new Hold(Quota.BYTES_PER_DAY, owner, Optional.of(bucket.fullTo(need, perDay))))
        : Optional.empty();
  }

  private Bucket bucket(Owner owner, long perDay) {
    Bucket kept = buckets.get(owner);
    return kept == null ? new Bucket(owner, perDay, now) : kept.refill(perDay, now);
  }

  /** A chunk is about to read what it was cut for. */
  void read(String user, long bytes) {
    for (Owner owner : owners(user)) {
      OptionalLong perDay = quotas.limit(Quota.BYTES_PER_DAY, owner);
      if (perDay.isPresent()) {
        buckets.put(owner, bucket(owner, perDay.getAsLong()).take(bytes, perDay.getAsLong()));
        changedBuckets.add(owner);
      }
    }
  }

  /** What was read was of no use, by no fault of the user's. */
  void giveBack(String user, long bytes) {
    read(user, -bytes);
  }

  // ---- results that are kept

  private Optional<Hold> resultsHold(Owner owner) {
    OptionalLong limit = quotas.limit(Quota.RESULT_BYTES, owner);
    return limit.isPresent() && resultsOf(owner) >= limit.getAsLong()
        ? Optional.of(new Hold(Quota.RESULT_BYTES, owner, Optional.empty()))
        : Optional.empty();
  }

  private long resultsOf(Owner owner) {
    return owner.kind() == Kind.USER
        ? results.getOrDefault(owner.name(), 0L)
        : groupResults.getOrDefault(owner.name(), 0L);
  }

  /** So much was published for a user; less than 0 when it was removed. */
  void publish(String user, long bytes) {
    if (bytes != 0) {
      keep(user, bytes);
      changedResults.add(user);
    }
  }

  private void keep(String user, long bytes) {
    results.merge(user, bytes, Long::sum);
    String group = fairness.groups().get(user);
    if (group != null) {
      groupResults.merge(group, bytes, Long::sum);
    }
  }

  // ---- what can never be

  /** Why a query of such chunks would never run to its end; empty if it could. */
  Optional<String> refusal(String user, List<Chunk> chunks) {
    for (Owner owner : owners(user)) {
      OptionalLong queued = quotas.limit(Quota.QUEUED, owner);
      if (queued.isPresent() && chunks.size() > queued.getAsLong()) {
        return Optional.of(
            "the query has %d days, and '%s' may have at most %d queued (%s)"
                .formatted(chunks.size(), owner.name(), queued.getAsLong(), Quota.QUEUED.key()));
      }
      OptionalLong perDay = quotas.limit(Quota.BYTES_PER_DAY, owner);
      for (Chunk chunk : chunks) {
        if (perDay.isPresent() && chunk.volume().bytes() > perDay.getAsLong()) {
          return Optional.of(
              "of %s there are %d bytes to read, and '%s' may read at most %d within a day (%s)"
                  .formatted(
                      chunk.id().day(),
                      chunk.volume().bytes(),
                      owner.name(),
                      perDay.getAsLong(),
                      Quota.BYTES_PER_DAY.key()));
        }
      }
    }
    return Optional.empty();
  }

  // ---- what outlives the process

  List<Bucket> buckets() {
    return List.copyOf(buckets.values());
  }

  List<KeptResults> results() {
    return results.entrySet().stream()
        .map(entry -> new KeptResults(entry.getKey(), entry.getValue()))
        .toList();
  }

  void restore(List<Bucket> kept, List<KeptResults> published) {
    kept.forEach(bucket -> buckets.put(bucket.owner(), bucket));
    published.forEach(result -> keep(result.user(), result.bytes()));
  }

  List<Bucket> drainBuckets() {
    List<Bucket> drained = changedBuckets.stream().map(buckets::get).toList();
    changedBuckets.clear();
    return drained;
  }

  List<KeptResults> drainResults() {
    List<KeptResults> drained =
        changedResults.stream().map(user -> new KeptResults(user, results.get(user))).toList();
    changedResults.clear();
    return drained;
  }
}
