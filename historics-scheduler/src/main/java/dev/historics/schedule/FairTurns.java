package dev.historics.schedule;

import dev.historics.schedule.Account.Kind;
import dev.historics.schedule.Waiting.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Users take turns by the work that was done for them.
 *
 * <p>Everybody who shares has a mark, which grows by what she is charged over her weight; the
 * lowest is next. Who comes anew starts at the level of the last turn, so that nobody saves up
 * turns; what puts her ahead of others fades. The users of a group share what the group gets, in
 * the same way. Who was not served for a round goes before all that. A user far ahead does not ride
 * until the others have caught up, sooner with a large query than with a small one.
 *
 * <p>Of a user's queries, the one that would first be late is next, measured by how long it takes
 * alone; of its days, the one that most others wait for.
 *
 * <p>The rule is start-time fair queueing (Goyal, Vin and Cheng, 1996), with decay, a deadline of
 * one round, and a bound on the gains by riding.
 */
final class FairTurns implements Turns {
  /**
   * After which part of a round a user or group is due that was not served. Less than a whole one,
   * since those who are due at the same time wait for each other.
   */
  private static final double ROUND = 0.6;

  /** A query of more days is large: its user has to be less far ahead for it to ride. */
  private static final int SMALL_DAYS = 7;

  /** How far its user may be ahead, as a share of what she may be with a small one. */
  private static final double LARGE = 0.5;

  private static final Comparator<Share> DUE =
      Comparator.comparingDouble((Share share) -> share.due()).thenComparing(share -> share.name);

  private record Rider(Slot slot, int turn, double lead) {}

  private static final Comparator<Rider> BOARDING =
      Comparator.comparingInt(Rider::turn)
          .thenComparingDouble(Rider::lead)
          .thenComparing(rider -> rider.slot().query(), Share.PATIENCE);

  private final Fairness fairness;
  private final Waiting waiting;
  private final Share everybody;
  private final Map<String, Share> groups = new TreeMap<>();
  private final Map<String, Share> users = new TreeMap<>();

  /** The groups, and users in none, with chunks to start. */
  private final TreeSet<Share> byDue = new TreeSet<>(DUE);

  private final Set<Share> changed = new LinkedHashSet<>();

  FairTurns(SchedulerSettings settings, Waiting waiting) {
    this.fairness = settings.fairness();
    this.waiting = waiting;
    this.everybody = new Share(Kind.EVERYBODY, "", null, fairness);
  }

  private Share user(String name) {
    Share found = users.get(name);
    if (found == null) {
      String group = fairness.groups().get(name);
      found = new Share(Kind.USER, name, group == null ? everybody : group(group), fairness);
      users.put(name, found);
    }
    return found;
  }

  private Share group(String name) {
    return groups.computeIfAbsent(name, group -> new Share(Kind.GROUP, group, everybody, fairness));
  }

  private Share share(Account account) {
    return switch (account.kind()) {
      case EVERYBODY -> everybody;
      case GROUP -> group(account.name());
      case USER -> user(account.name());
    };
  }

  // ---- who waits

  @Override
  public void joined(LiveQuery query, long now) {
    Share user = user(query.user());
    boolean wasIdle = user.idle();
    user.queries().add(query);
    if (wasIdle) {
      Share top = top(user);
      if (!listed(top)) {
        top.due(nextDue(top));
        byDue.add(top);
      }
      for (Share share = user; share != everybody && !listed(share); share = share.parent) {
        share.enter(query.number(), now);
        changed.add(share);
      }
    }
  }

  /** The user, or her group if she is in one. */
  private Share top(Share user) {
    return user.parent == everybody ? user : user.parent;
  }

  private static boolean listed(Share share) {
    return share.parent.line().contains(share);
  }

  @Override
  public void left(LiveQuery query, long now) {
    Share user = user(query.user());
    user.queries().remove(query);
    if (user.idle()) {
      if (user.parent == everybody || user.parent.line().size() == 1) {
        byDue.remove(top(user));
      }
      for (Share share = user; share != everybody && share.idle(); share = share.parent) {
        share.leave();
      }
    }
  }

  /** A round is a turn for everybody, a heavier one more often. */
  private double nextDue(Share top) {
    return everybody.due() + ROUND / top.weight;
  }

  // ---- whose turn it is

  @Override
  public Optional<Slot> next(long youngest, long now, Room room) {
    for (Share share : byDue) {
      if (share.due() > everybody.due()) {
        break;
      }
      Optional<Slot> slot = next(share, room);
      if (slot.isPresent()) {
        return slot;
      }
    }
    return next(everybody, room);
  }

  private Optional<Slot> next(Share share, Room room) {
    if (share.kind == Kind.USER) {
      return choose(share, room);
    }
    for (Share child : share.line()) {
      Optional<Slot> slot = next(child, room);
      if (slot.isPresent()) {
        return slot;
      }
    }
    return Optional.empty();
  }

  private Optional<Slot> choose(Share user, Room room) {
    long bytesMax = room.bytes(user.name);
    return user.queries().stream()
        .filter(query -> query.anyReady(bytesMax))
        .findFirst()
        .map(query -> waiting.mostWanted(query, bytesMax));
  }

  /** Users in the order of their leads, one chunk of each before the second of any. */
  @Override
  public List<Slot> boarding(List<Slot> candidates, long now) {
    List<Slot> patient = new ArrayList<>(candidates);
    patient.sort(Comparator.comparing(Slot::query, Share.PATIENCE));
    Map<String, Integer> turns = new HashMap<>();
    List<Rider> riders = new ArrayList<>();
    double aheadMax = fairness.aheadMax() * waiting.meanSeconds();
    for (Slot slot : patient) {
      double bound = slot.query().size() > SMALL_DAYS ? aheadMax * LARGE : aheadMax;
      double lead = 0;
      boolean far = false;
      for (Share share = user(slot.query().user()); share != everybody; share = share.parent) {
        double ahead = share.lead(now);
        lead += ahead;
        far |= ahead * share.weight > bound;
      }
      if (!far) {
        int turn = turns.merge(slot.query().user(), 1, Integer::sum);
        riders.add(new Rider(slot, turn, lead));
      }
    }
    riders.sort(BOARDING);
    return riders.stream().map(Rider::slot).toList();
  }

  @Override
  public void opened(Slot opener) {
    for (Share share = user(opener.query().user()); share != everybody; share = share.parent) {
      share.turn();
      changed.add(share.parent);
    }
    everybody.due(everybody.due() + 1 / everybody.lineWeight());
    changed.add(everybody);
  }

  @Override
  public void charge(String name, double seconds, long now) {
    Share user = user(name);
    for (Share share = user; share != everybody; share = share.parent) {
      share.charge(seconds, now);
      changed.add(share);
    }
    everybody.count(seconds);
    changed.add(everybody);
    Share top = top(user);
    boolean waits = byDue.remove(top);
    top.due(nextDue(top));
    if (waits) {
      byDue.add(top);
    }
  }

  @Override
  public void giveBack(String name, double seconds) {
    for (Share share = user(name); share != everybody; share = share.parent) {
      share.giveBack(seconds);
      changed.add(share);
    }
    everybody.count(-seconds);
    changed.add(everybody);
  }

  // ---- what people see

  /** As if nothing changed: groups in turn, and their users, one chunk of each at a time. */
  @Override
  public Map<ChunkId, Long> tickets(Set<String> names, long next, long youngest, Room room) {
    Map<ChunkId, Long> tickets = new HashMap<>();
    List<Iterator<Slot>> hands = new ArrayList<>();
    for (Share user : inTurn()) {
      hands.add(hand(user, room).iterator());
    }
    long ticket = next;
    while (!hands.isEmpty()) {
      for (Iterator<Slot> hand : hands) {
        if (hand.hasNext()) {
          Slot slot = hand.next();
          if (names.contains(slot.query().user())) {
            tickets.put(slot.chunk().id(), ticket);
          }
          ticket++;
        }
      }
      hands.removeIf(hand -> !hand.hasNext());
    }
    return tickets;
  }

  private List<Share> inTurn() {
    List<List<Share>> rounds = new ArrayList<>();
    for (Share child : everybody.line()) {
      int round = 0;
      for (Share user : child.kind == Kind.USER ? List.of(child) : child.line()) {
        if (rounds.size() == round) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(round++).add(user);
      }
    }
    return rounds.stream().flatMap(List::stream).toList();
  }

  /** The user's chunks: the one that is next, then the others by query and day. */
  private Stream<Slot> hand(Share user, Room room) {
    Optional<Slot> first = choose(user, room);
    return Stream.concat(
        first.stream().filter(slot -> slot.chunk().ticket().isEmpty()),
        user.queries().stream()
            .flatMap(query -> Waiting.fresh(query, room))
            .filter(slot -> !first.equals(Optional.of(slot))));
  }

  // ---- what outlives the process

  @Override
  public List<Account> accounts() {
    List<Account> accounts = new ArrayList<>(List.of(everybody.account()));
    groups.values().forEach(share -> accounts.add(share.account()));
    users.values().forEach(share -> accounts.add(share.account()));
    return accounts;
  }

  @Override
  public void restore(List<Account> accounts) {
    for (Account account : accounts) {
      Share share = share(account);
      boolean waits = byDue.remove(share);
      share.restore(account);
      if (waits) {
        byDue.add(share);
      }
    }
    changed.clear();
  }

  @Override
  public List<Account> drain() {
    List<Account> accounts = changed.stream().map(Share::account).toList();
    changed.clear();
    return accounts;
  }
}
