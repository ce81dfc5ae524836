package dev.historics.jobs;

import dev.historics.archive.SampleBuckets;
import dev.historics.filter.ColumnBatch;
import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Library;
import dev.historics.filter.Matcher;
import dev.historics.filter.Matches;
import dev.historics.filter.RuleSet;
import dev.historics.filter.Tags;
import dev.historics.filter.TargetDictionary;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The riders of a job that read one source, and their rules as one shared plan. A rider whose rule
 * fails is left out from then on; the others never notice. Owned by one thread.
 */
final class RiderGroup {
  private static final Tags NO_TAGS = new Tags(List.of(), Collections.emptyMap());

  private final List<Seat> seats = new ArrayList<>();
  private final List<Window> windows;
  private final ScanNeeds needs;
  private Plan shared;

  /** One rider's place in the group. */
  private static final class Seat {
    /** A place in {@link #windows}. */
    final int window;

    final Definition definition;
    final SourceTally tally;

    Seat(int window, Definition definition, SourceTally tally) {
      this.window = window;
      this.definition = definition;
      this.tally = tally;
    }
  }

  /** What many riders have in common: which interactions they want to have asked. */
  private record Window(long fromMillis, long toMillis, double samplePercent) {
    static Window of(ReplayPlan.Rider rider) {
      return new Window(rider.fromMillis(), rider.toMillis(), rider.samplePercent());
    }

    boolean holds(long millis) {
      return millis >= fromMillis && millis < toMillis;
    }
  }

  /**
   * The rows of a batch in a window.
   *
   * @param rows those that can be read
   */
  private record Wanted(BitSet rows, int inRange, int unreadable, int takenDown) {
    void tell(SourceTally tally) {
      tally.read(inRange, unreadable);
      tally.takenDown(takenDown);
    }
  }

  /**
   * A matcher and where its targets stand among the scan's.
   *
   * @param places for each target of the matcher
   */
  private record Plan(Matcher matcher, List<Integer> places) {
    Answers match(PartBatch batch, BitSet candidates) {
      ColumnBatch columns = new ChosenColumns(batch, places);
      return new Answers(matcher, columns, matcher.match(columns, candidates));
    }
  }

  /** What the rules of a plan matched in a batch; as long as it is the matcher's last batch. */
  private record Answers(Matcher matcher, ColumnBatch columns, Matches matches) {
    SortedMap<Integer, Tags> tags(int rule, BitSet rows) {
      SortedMap<Integer, Tags> held = matcher.tags(columns, rule, rows);
      SortedMap<Integer, Tags> tags = new TreeMap<>();
      rows.stream().forEach(row -> tags.put(row, held.getOrDefault(row, NO_TAGS)));
      return tags;
    }
  }

  /** Takes what a rule matched. */
  private interface Taker {
    void take(Seat seat, Answers answers, int rule, BitSet wanted);
  }

  /**
   * The rows of a batch that one rider's rule matched.
   *
   * @param tags of each of the rows, if the rule tags; else there are none
   */
  record Found(SourceTally tally, BitSet rows, SortedMap<Integer, Tags> tags) {
    Found {
      tags = Collections.unmodifiableSortedMap(tags);
    }
  }

  /**
   * Compiles the rules; one that does not compile fails its rider.
   *
   * @param riders who reads {@code source}
   * @param dictionaries the targets that a rider's rule can name
   * @param library the rules that it can name
   * @param dayStartMillis the first instant of the day, in milliseconds since 1970
   * @param dayEndMillis the end of the day, exclusive
   */
  RiderGroup(
      String source,
      List<ReplayPlan.Rider> riders,
      Function<ReplayPlan.Rider, TargetDictionary> dictionaries,
      Library library,
      long dayStartMillis,
      long dayEndMillis,
      List<SourceTally> tallies) {
    List<ReplayPlan.Rider> seated = new ArrayList<>();
    Map<Window, Integer> places = new LinkedHashMap<>();
    for (ReplayPlan.Rider rider : riders) {
      SourceTally tally = new SourceTally(rider.query(), source);
      tallies.add(tally);
      try {
        Definition definition =
            Definition.compile(rider.query(), rider.rule(), dictionaries.apply(rider), library);
        if (definition.hasFilter()) {
          Window window = Window.of(rider);
          places.putIfAbsent(window, places.size());
          seats.add(new Seat(places.get(window), definition, tally));
          seated.add(rider);
        } else {
          tally.fail("the rule has no filter, only tags");
        }
      } catch (InvalidRuleException e) {
        tally.fail("the rule does not compile: " + e.diagnostics().get(0).message());
      }
    }
    RuleSet rules = RuleSet.of(seats.stream().map(seat -> seat.definition).toList());
    this.windows = List.copyOf(places.keySet());
    this.needs = ScanNeeds.of(rules.targets(), seated, dayStartMillis, dayEndMillis);
    this.shared = plan(rules);
  }

  private Plan plan(List<Definition> definitions) {
    return plan(RuleSet.of(definitions));
  }

  private Plan plan(RuleSet rules) {
    return new Plan(rules.matcher(), rules.targets().stream().map(needs::place).toList());
  }

  /** What a scan must deliver for this group. */
  ScanNeeds needs() {
    return needs;
  }

  /** Asks all rules about a batch, and counts; what matched nothing is left out. */
  List<Found> match(PartBatch batch) {
    List<Found> found = new ArrayList<>();
    match(
        batch,
        (seat, answers, rule, wanted) -> found(seat, answers, rule, wanted).ifPresent(found::add));
    return found;
  }

  /** Asks all rules about a batch, only to count. */
  void count(PartBatch batch) {
    match(
        batch,
        (seat, answers, rule, wanted) -> {
          if (windows.size() == 1) {
            seat.tally.matched(answers.matches().count(rule));
          } else {
            BitSet rows = answers.matches().rows(rule);
            rows.and(wanted);
            seat.tally.matched(rows.cardinality());
          }
        });
  }

  private void match(PartBatch batch, Taker taker) {
    List<Wanted> wanted = new ArrayList<>();
    BitSet anybody = new BitSet(batch.rows());
    for (Window window : windows) {
      Wanted rows = wanted(window, batch);
      wanted.add(rows);
      anybody.or(rows.rows());
    }
    seats.forEach(seat -> wanted.get(seat.window).tell(seat.tally));
    Optional<Answers> answers = matchAll(batch, anybody);
    if (answers.isPresent()) {
      answers
          .get()
          .matches()
          .matched()
          .forEach(
              rule -> {
                Seat seat = seats.get(rule);
                taker.take(seat, answers.get(), rule, wanted.get(seat.window).rows());
              });
    } else {
      seats.forEach(seat -> matchAlone(seat, batch, wanted.get(seat.window).rows(), taker));
    }
    if (seats.removeIf(seat -> seat.tally.failed())) {
      shared = plan(seats.stream().map(seat -> seat.definition).toList());
    }
  }

  /** The rows in a window. */
  private Wanted wanted(Window window, PartBatch batch) {
    BitSet rows = inRange(window, batch);
    rows.andNot(batch.gone().superseded());
    int stored = rows.cardinality();
    rows.andNot(batch.gone().takenDown());
    int inRange = rows.cardinality();
    rows.andNot(batch.unreadable());
    return new Wanted(rows, inRange, inRange - rows.cardinality(), stored - inRange);
  }

  private BitSet inRange(Window window, PartBatch batch) {
    BitSet rows = new BitSet(batch.rows());
    rows.set(0, batch.rows());
    double sample = window.samplePercent();
    if (!needs.times() && sample >= 100) {
      return rows;
    }
    boolean wholeBuckets = sample == Math.rint(sample);
    for (int row = 0; row < batch.rows(); row++) {
      if (needs.times() && !window.holds(batch.createdAtMillis(row))) {
        rows.clear(row);
      } else if (sample < 100
          && (wholeBuckets
              ? batch.bucket(row) >= sample
              : SampleBuckets.position(batch.id(row)) >= sample)) {
        rows.clear(row);
      }
    }
    return rows;
  }

  /** Nothing if some rule fails on this data: then each is tried alone to find out whose. */
  private Optional<Answers> matchAll(PartBatch batch, BitSet anybody) {
    try {
      return Optional.of(shared.match(batch, anybody));
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private void matchAlone(Seat seat, PartBatch batch, BitSet wanted, Taker taker) {
    Optional<Answers> answers =
        tried(seat, () -> plan(List.of(seat.definition)).match(batch, wanted));
    if (answers.isPresent() && answers.get().matches().count(0) > 0) {
      taker.take(seat, answers.get(), 0, wanted);
    }
  }

  /** Tags are asked for on the rows that are delivered, and nowhere else. */
  private static Optional<Found> found(Seat seat, Answers answers, int rule, BitSet wanted) {
    BitSet rows = answers.matches().rows(rule);
    rows.and(wanted);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Optional<Found> found =
        tried(
            seat,
            () ->
                new Found(
                    seat.tally,
                    rows,
                    seat.definition.hasTags()
                        ? answers.tags(rule, rows)
                        : Collections.emptySortedMap()));
    found.ifPresent(each -> seat.tally.matched(each.rows().cardinality()));
    return found;
  }

  /** What only one rider's rule is asked, fails that rider alone. */
  private static <T> Optional<T> tried(Seat seat, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      seat.tally.fail("the rule failed on the data: " + e);
      return Optional.empty();
    }
  }
}
