package dev.historics.schedule;

import dev.historics.schedule.Waiting.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose chunk opens the next scan, and who may ride on it: one way for each {@link Policy}. Owned
 * by one thread.
 */
interface Turns {
  /** The query has chunks to start, and had none before. */
  default void joined(LiveQuery query, long now) {}

  /** The query has no chunk to start any more. */
  default void left(LiveQuery query, long now) {}

  /**
   * The chunk that is to open the next scan; what came back of an earlier job does not take part.
   *
   * @param youngest the number of the youngest query
   * @param now in dispatching time, as all times here
   * @param room what may be started now
   * @return empty only if there is room for none
   */
  Optional<Slot> next(long youngest, long now, Room room);

  /** Whether {@code rider} may ride on a scan of its day for {@code opener}. */
  default boolean mayRide(Slot rider, Slot opener) {
    return true;
  }

  /**
   * Who is asked to ride, in which order.
   *
   * @param candidates one of each query that waits for the day, oldest first
   */
  default List<Slot> boarding(List<Slot> candidates, long now) {
    return candidates;
  }

  /** A scan was opened with a chunk that {@link #next} named. */
  default void opened(Slot opener) {}

  /** A job was started; all its riders are on board. */
  default void started(long youngest) {}

  /** The number of the youngest query whose chunks have been dealt tickets. */
  default long dealt(long youngest) {
    return youngest;
  }

  /**
   * Work was begun for a user.
   *
   * @param seconds what it is expected to cost her
   */
  default void charge(String user, double seconds, long now) {}

  /** Work that was charged came to nothing, by no fault of the user's. */
  default void giveBack(String user, double seconds) {}

  /**
   * The tickets of users' waiting chunks as they stand now, as far as they can be told. Chunks for
   * which there is no room have none.
   *
   * @param next the number of the next ticket to be drawn
   * @param youngest the number of the youngest query
   * @param room what may be started now
   */
  Map<ChunkId, Long> tickets(Set<String> users, long next, long youngest, Room room);

  /** What users were charged and where they stand, as far as it must outlive the process. */
  default List<Account> accounts() {
    return List.of();
  }

  /** Puts users where they stood before. */
  default void restore(List<Account> accounts) {}

  /** The accounts that changed since this was last asked. */
  default List<Account> drain() {
    return List.of();
  }
}
