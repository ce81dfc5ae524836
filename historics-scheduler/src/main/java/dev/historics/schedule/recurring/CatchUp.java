package dev.historics.schedule.recurring;

/** What becomes of windows that fell due while nobody was there, or the former query still ran. */
public enum CatchUp {
  /** Each of them, one after the other, the oldest first. */
  ALL,

  /** The latest of them; the others are skipped. */
  LAST,

  /** None that is found later than {@link Timetable#LATE} after it fell due. */
  NONE
}
