package dev.historics.schedule;

/**
 * Where a user stands.
 *
 * @param place in the line of those in the pool: who has the lowest is next
 * @param waitingSince the dispatching time of the last chunk started, or of joining the queue, in
 *     milliseconds; see {@link Counters#dispatchedMillis}
 * @param starved whether the user was let into the pool for waiting too long
 * @param pooled whether the user is in the pool
 */
public record Turn(String user, long place, long waitingSince, boolean starved, boolean pooled) {}
