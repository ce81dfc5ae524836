package dev.historics.schedule;

import java.time.Instant;
import java.util.Optional;

/** What quotas kept back during one look. Owned by one thread. */
final class HeldBack {
  /** Before any look. */
  static final HeldBack NOBODY = new HeldBack(Instant.MIN);

  private final Instant since;

  /** When a look may find more, if nothing else happens before; at the end of time if never. */
  private Instant until = Instant.MAX;

  private boolean forGood;

  private HeldBack(Instant since) {
    this.since = since;
  }

  static HeldBack since(Instant looked) {
    return new HeldBack(looked);
  }

  /** Takes note of what holds back the first chunk of somebody's that is to go on. */
  void note(Hold hold) {
    Instant end = hold.until().orElse(Instant.MAX);
    until = end.isBefore(until) ? end : until;
  }

  /** After everything was noted: nothing runs, and nothing could be started. */
  void standsStill() {
    forGood = until.equals(Instant.MAX);
  }

  /** Whether what waits can go on only when somebody helps. */
  boolean forGood() {
    return forGood;
  }

  /** When what is held back goes on by itself; empty if nothing does. */
  Optional<Instant> until() {
    return until.equals(Instant.MAX) ? Optional.empty() : Optional.of(until);
  }

  /** Whether a look would find more by now. A clock that was set back tells nothing else. */
  boolean due(Instant clock) {
    return !until.equals(Instant.MAX) && (!clock.isBefore(until) || clock.isBefore(since));
  }
}
