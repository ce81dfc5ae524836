package dev.historics.archive.takedown;

import dev.historics.archive.BatchId;
import dev.historics.archive.removal.Tombstone;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of one takedown, so far.
 *
 * @param id letters, digits, {@code .}, {@code _} and {@code -}; names its file
 * @param requested when the tombstones were asked for
 * @param updated when this was written
 * @param wishes what is taken down, in all of {@code sources}
 * @param days those that held some of it, in order
 * @param checked up to which version each day of the sources was looked through
 * @param lots records put aside that were removed, because they name an id or an author
 * @param mentionedIn some interactions of others that name an author or an id, each as {@code
 *     source day id}, at most {@value #EXAMPLES_MAX}; they stay as they are
 */
public record Receipt(
    String id,
    State state,
    Instant requested,
    Instant updated,
    String reason,
    List<Tombstone> wishes,
    List<String> sources,
    List<Day> days,
    List<Checked> checked,
    List<Lot> lots,
    List<String> mentionedIn) {
  /** How many interactions of others are named. */
  static final int EXAMPLES_MAX = 50;

  /** How far it is. */
  public enum State {
    /** New queries see nothing of it; some files are still to be made anew. */
    PURGING,
    /** No version in force holds any of it; old files wait for their readers or the grace. */
    WAITING,
    /** The last old file is gone. */
    COMPLETE
  }

  public Receipt {
    requireId(id);
    Objects.requireNonNull(state);
    Objects.requireNonNull(requested);
    Objects.requireNonNull(updated);
    Objects.requireNonNull(reason);
    wishes = List.copyOf(wishes);
    sources = List.copyOf(sources);
    days = List.copyOf(days);
    checked = List.copyOf(checked);
    lots = List.copyOf(lots);
    mentionedIn = List.copyOf(mentionedIn);
    if (wishes.isEmpty()) {
      throw new IllegalArgumentException("a takedown needs an author or an id");
    }
  }

  /**
   * {@code id} itself, if a receipt may have it.
   *
   * @throws IllegalArgumentException if not
   */
  static String requireId(String id) {
    return new BatchId(id).value();
  }

  /**
   * A day that held some of it.
   *
   * @param removed how many interactions were removed
   * @param before the files that held them, and their sidecars
   * @param after the files of the day once they were removed; none yet if they are not
   * @param version the version of the day that holds none of it; 0 if there is none yet
   */
  public record Day(
      String source,
      LocalDate day,
      long removed,
      List<File> before,
      List<File> after,
      long version) {
    public Day {
      Objects.requireNonNull(day);
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * A file as its manifest described it.
   *
   * @param path below the archive's root
   */
  public record File(String path, long bytes, String sha256) {}

  /**
   * The version up to which a day was looked through.
   *
   * @param mentions interactions of others in it that name an author or an id
   */
  public record Checked(String source, LocalDate day, long version, long mentions) {}

  /**
   * Records put aside by one import that were removed.
   *
   * @param path of the file that held them, below the root; it is gone
   */
  public record Lot(String path, String sha256, long removed) {}

  /** Interactions of others that name an author or an id; they stay. */
  public long mentions() {
    return checked.stream().mapToLong(Checked::mentions).sum();
  }

  /** Interactions that were removed. */
  public long removed() {
    return days.stream().mapToLong(Day::removed).sum();
  }

  /** Places that no takedown gets to, for people. */
  public static List<String> outOfReach() {
    return List.of(
        "results of queries that were published before",
        "copies, snapshots and backups of the file system, and its trash",
        "interactions of others that quote or name it (counted here as mentions)",
        "the list of tombstones, which keeps it from coming in again");
  }

  Optional<Day> find(String source, LocalDate day) {
    return days.stream()
        .filter(each -> each.source().equals(source) && each.day().equals(day))
        .findFirst();
  }

  Optional<Checked> findChecked(String source, LocalDate day) {
    return checked.stream()
        .filter(each -> each.source().equals(source) && each.day().equals(day))
        .findFirst();
  }

  Receipt with(State newState, Instant now) {
    return new Receipt(
        id, newState, requested, now, reason, wishes, sources, days, checked, lots, mentionedIn);
  }

  /** With a day as it is now, in place of what was said of it before. */
  Receipt with(Day changed) {
    List<Day> all = new ArrayList<>(days);
    all.removeIf(day -> day.source().equals(changed.source()) && day.day().equals(changed.day()));
    all.add(changed);
    return new Receipt(
        id, state, requested, updated, reason, wishes, sources, all, checked, lots, mentionedIn);
  }

  /** With a day that was looked through. */
  Receipt with(Checked looked, List<String> examples) {
    List<Checked> all = new ArrayList<>(checked);
    all.removeIf(each -> each.source().equals(looked.source()) && each.day().equals(looked.day()));
    all.add(looked);
    List<String> named =
        Stream.concat(mentionedIn.stream(), examples.stream())
            .distinct()
            .limit(EXAMPLES_MAX)
            .toList();
    return new Receipt(
        id, state, requested, updated, reason, wishes, sources, days, all, lots, named);
  }

  Receipt with(Lot lot) {
    List<Lot> all = new ArrayList<>(lots);
    all.removeIf(each -> each.path().equals(lot.path()));
    all.add(lot);
    return new Receipt(
        id, state, requested, updated, reason, wishes, sources, days, checked, all, mentionedIn);
  }
}
