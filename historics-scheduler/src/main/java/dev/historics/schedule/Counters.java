package dev.historics.schedule;

/**
 * The numbers that the whole queue shares.
 *
 * @param nextQuery the number of the next query
 * @param nextJob the number of the next job
 * @param nextTicket the number of the next ticket drawn
 * @param nextPlace the place at the end of the users' line
 * @param dealt the number of the youngest query whose chunks have been dealt tickets
 * @param dispatchedMillis how long a dispatcher has been at work in all, in milliseconds: the only
 *     time that waiting is measured in, so that no jump of a clock can change an order
 */
public record Counters(
    long nextQuery,
    long nextJob,
    long nextTicket,
    long nextPlace,
    long dealt,
    long dispatchedMillis) {
  /** Of a queue that nobody has used. */
  public static final Counters FIRST = new Counters(1, 1, 1, 1, 0, 0);

  Counters withDispatchedMillis(long millis) {
    return new Counters(nextQuery, nextJob, nextTicket, nextPlace, dealt, millis);
  }

  /** After a query of that number was submitted. */
  Counters after(long query) {
    return new Counters(query + 1, nextJob, nextTicket, nextPlace, dealt, dispatchedMillis);
  }
}
