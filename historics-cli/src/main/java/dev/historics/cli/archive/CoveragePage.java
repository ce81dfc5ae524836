package dev.historics.cli.archive;

import dev.historics.archive.DayCoverage;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The days of one source as a calendar, a month a line, in less than 80 columns. */
final class CoveragePage {
  static final String LEGEND =
      "█ all hours  ▓ most  ▒ half  ░ less  · nothing  x dropped (retain)  o taken down";

  private static final String HEADING =
      "         1   5    10   15   20   25   30  complete             records";
  private static final int MONTH_DAYS_MAX = 31;
  private static final int REMARKS_MAX = 12;

  private final String source;
  private final List<DayCoverage> days;

  /**
   * @param days in order, without a hole; at least one
   */
  CoveragePage(String source, List<DayCoverage> days) {
    this.source = source;
    this.days = List.copyOf(days);
  }

  /**
   * The page.
   *
   * @param putAside how many records are in the quarantine
   */
  String text(long putAside) {
    StringBuilder text = new StringBuilder();
    text.append(summary()).append("\n\n").append(HEADING).append('\n');
    SortedMap<YearMonth, List<DayCoverage>> months = new TreeMap<>();
    for (DayCoverage day : days) {
      months.computeIfAbsent(YearMonth.from(day.day().day()), month -> new ArrayList<>()).add(day);
    }
    months.forEach((month, those) -> text.append(line(month, those)).append('\n'));
    List<String> remarks = remarks();
    text.append(remarks.isEmpty() && putAside == 0 ? "" : "\n");
    remarks.forEach(remark -> text.append("  ").append(remark).append('\n'));
    if (putAside > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %,d record%s could not be archived: historics archive quarantine ls%n",
              putAside,
              putAside == 1 ? "" : "s"));
    }
    return text.append('\n').toString();
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    for (DayCoverage.State state : DayCoverage.State.values()) {
      long count = count(state);
      if (count > 0) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count, words(state)));
      }
    }
    return String.format(
        Locale.ROOT,
        "%s, %s to %s: %s of %,d days",
        source,
        days.get(0).day().day(),
        days.get(days.size() - 1).day().day(),
        String.join(", ", parts),
        days.size());
  }

  private long count(DayCoverage.State state) {
    return days.stream().filter(day -> day.state() == state).count();
  }

  private static String words(DayCoverage.State state) {
    return switch (state) {
      case COMPLETE -> "complete";
      case GAPS -> "with gaps";
      case EMPTY -> "taken down";
      case DROPPED -> "dropped";
      case MISSING -> "missing";
    };
  }

  private static String line(YearMonth month, List<DayCoverage> those) {
    StringBuilder cells = new StringBuilder(" ".repeat(MONTH_DAYS_MAX));
    for (DayCoverage day : those) {
      cells.setCharAt(day.day().day().getDayOfMonth() - 1, cell(day));
    }
    long records = those.stream().mapToLong(DayCoverage::records).sum();
    long complete = those.stream().filter(day -> day.state() == DayCoverage.State.COMPLETE).count();
    return String.format(
        Locale.ROOT, "%s  %s  %2d of %2d  %,18d", month, cells, complete, those.size(), records);
  }

  private static char cell(DayCoverage day) {
    return switch (day.state()) {
      case COMPLETE -> '█';
      case GAPS -> day.share() >= 0.75 ? '▓' : day.share() >= 0.5 ? '▒' : '░';
      case EMPTY -> 'o';
      case DROPPED -> 'x';
      case MISSING -> '·';
    };
  }

  /** The days that need a look, those in a row that say the same on one line. */
  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < days.size(); ) {
      int end = i;
      while (end + 1 < days.size() && remark(days.get(end + 1)).equals(remark(days.get(i)))) {
        end++;
      }
      String remark = remark(days.get(i));
      if (!remark.isEmpty() && remarks.size() == REMARKS_MAX) {
        left += end - i + 1;
      } else if (!remark.isEmpty()) {
        remarks.add(dates(days.get(i), days.get(end)) + remark);
      }
      i = end + 1;
    }
    if (left > 0) {
      remarks.add("… and %d more days: --output csv has them all".formatted(left));
    }
    return remarks;
  }

  private static String dates(DayCoverage first, DayCoverage last) {
    LocalDate from = first.day().day();
    LocalDate to = last.day().day();
    String dates = from.equals(to) ? from.toString() : from + " to " + to;
    return "%-24s  ".formatted(dates);
  }

  private static String remark(DayCoverage day) {
    return switch (day.state()) {
      case COMPLETE, DROPPED -> "";
      case EMPTY -> "taken down";
      case MISSING -> "missing";
      case GAPS -> "no data at " + day.missingHoursText();
    };
  }
}
