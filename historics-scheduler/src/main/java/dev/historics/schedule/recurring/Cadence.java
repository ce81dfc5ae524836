package dev.historics.schedule.recurring;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How often something comes round: at the start of each local day, week (Monday) or month. */
public enum Cadence {
  DAY {
    @Override
    public LocalDate onOrBefore(LocalDate date) {
      return date;
    }

    @Override
    public LocalDate after(LocalDate date) {
      return date.plusDays(1);
    }
  },
  WEEK {
    @Override
    public LocalDate onOrBefore(LocalDate date) {
      return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    public LocalDate after(LocalDate date) {
      return date.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }
  },
  MONTH {
    @Override
    public LocalDate onOrBefore(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    public LocalDate after(LocalDate date) {
      return date.with(TemporalAdjusters.firstDayOfNextMonth());
    }
  };

  /** The last date on which it came round, up to and with {@code date}. */
  public abstract LocalDate onOrBefore(LocalDate date);

  /** The first date on which it comes round after {@code date}. */
  public abstract LocalDate after(LocalDate date);
}
