package dev.historics.jobs;

import dev.historics.archive.SampleBuckets;
import dev.historics.filter.ColumnBatch;
import dev.historics.filter.Definition;
import dev.historics.filter.InvalidRuleException;
import dev.historics.filter.Library;
import dev.historics.filter.Matcher;
import dev.historics.filter.RuleSet;
import dev.historics.filter.Tags;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
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
  private final ScanNeeds needs;
  private Plan shared;

  /** One rider's place in the group. */
  private static final class Seat {
    final ReplayPlan.Rider rider;
    final Definition definition;
    final SourceTally tally;

    Seat(ReplayPlan.Rider rider, Definition definition, SourceTally tally) {
      this.rider = rider;
      this.definition = definition;
      this.tally = tally;
    }
  }

  /**
   * A matcher and where its targets stand among the scan's.
   *
   * @param places for each target of the matcher
   */
  private record Plan(Matcher matcher, List<Integer> places) {
    List<Match> match(PartBatch batch, BitSet candidates) {
      ColumnBatch columns = new ChosenColumns(batch, places);
      List<Match> matches = new ArrayList<>();
      for (BitSet rows : matcher.match(columns, candidates)) {
        matches.add(new Match(matcher, columns, matches.size(), rows));
      }
      return matches;
    }
  }

  /** What one rule of a plan matched in a batch; as long as it is the matcher's last batch. */
  private record Match(Matcher matcher, ColumnBatch columns, int rule, BitSet rows) {
    SortedMap<Integer, Tags> tags() {
      SortedMap<Integer, Tags> held = matcher.tags(columns, rule, rows);
      SortedMap<Integer, Tags> tags = new TreeMap<>();
      rows.stream().forEach(row -> tags.put(row, held.getOrDefault(row, NO_TAGS)));
      return tags;
    }
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
    for (ReplayPlan.Rider rider : riders) {
      SourceTally tally = new SourceTally(rider.query(), source);
      tallies.add(tally);
      try {
        Definition definition =
            Definition.compile(rider.query(), rider.rule(), dictionaries.apply(rider), library);
        if (definition.hasFilter()) {
          seats.add(new Seat(rider, definition, tally));
        } else {
          tally.fail("the rule has no filter, only tags");
        }
      } catch (InvalidRuleException e) {
        tally.fail("the rule does not compile: " + e.diagnostics().get(0).message());
      }
    }
    List<Definition> definitions = seats.stream().map(seat -> seat.definition).toList();
    List<Target> targets = RuleSet.of(definitions).targets();
    this.needs =
        ScanNeeds.of(
            targets, seats.stream().map(seat -> seat.rider).toList(), dayStartMillis, dayEndMillis);
    this.shared = plan(definitions);
  }

  private Plan plan(List<Definition> definitions) {
    RuleSet rules = RuleSet.of(definitions);
    return new Plan(rules.matcher(), rules.targets().stream().map(needs::place).toList());
  }

  /** What a scan must deliver for this group. */
  ScanNeeds needs() {
    return needs;
  }

  /** Asks all rules about a batch, and counts. */
  List<Found> match(PartBatch batch) {
    List<BitSet> wanted = new ArrayList<>();
    BitSet anybody = new BitSet(batch.rows());
    for (Seat seat : seats) {
      BitSet rows = wanted(seat, batch);
      wanted.add(rows);
      anybody.or(rows);
    }
    List<Optional<Match>> matched = matchAll(batch, anybody, wanted);
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < matched.size(); i++) {
      if (matched.get(i).isPresent()) {
        Match match = matched.get(i).get();
        match.rows().and(wanted.get(i));
        found(seats.get(i), match).ifPresent(found::add);
      }
    }
    if (seats.removeIf(seat -> seat.tally.failed())) {
      shared = plan(seats.stream().map(seat -> seat.definition).toList());
    }
    return found;
  }

  /**
   * The rows in the rider's range and sample that can be read; counts them and those that cannot.
   */
  private BitSet wanted(Seat seat, PartBatch batch) {
    BitSet rows = inRange(seat.rider, batch);
    rows.andNot(batch.gone().superseded());
    int stored = rows.cardinality();
    rows.andNot(batch.gone().takenDown());
    int inRange = rows.cardinality();
    rows.andNot(batch.unreadable());
    seat.tally.read(inRange, inRange - rows.cardinality());
    seat.tally.takenDown(stored - inRange);
    return rows;
  }

  private BitSet inRange(ReplayPlan.Rider rider, PartBatch batch) {
    BitSet rows = new BitSet(batch.rows());
    rows.set(0, batch.rows());
    double sample = rider.samplePercent();
    if (!needs.times() && sample >= 100) {
      return rows;
    }
    boolean wholeBuckets = sample == Math.rint(sample);
    for (int row = 0; row < batch.rows(); row++) {
      if (needs.times() && !isBetween(batch.createdAtMillis(row), rider)) {
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

  private static boolean isBetween(long millis, ReplayPlan.Rider rider) {
    return millis >= rider.fromMillis() && millis < rider.toMillis();
  }

  private List<Optional<Match>> matchAll(PartBatch batch, BitSet anybody, List<BitSet> wanted) {
    try {
      return shared.match(batch, anybody).stream().map(Optional::of).toList();
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Some rule fails on this data: each is tried alone to find out whose.
      List<Optional<Match>> matched = new ArrayList<>();
      for (int i = 0; i < seats.size(); i++) {
        matched.add(matchAlone(seats.get(i), batch, wanted.get(i)));
      }
      return matched;
    }
  }

  private Optional<Match> matchAlone(Seat seat, PartBatch batch, BitSet wanted) {
    return tried(seat, () -> plan(List.of(seat.definition)).match(batch, wanted).get(0));
  }

  /** Tags are asked for on the rows that are delivered, and nowhere else. */
  private Optional<Found> found(Seat seat, Match match) {
    Optional<Found> found =
        tried(
            seat,
            () ->
                new Found(
                    seat.tally,
                    match.rows(),
                    seat.definition.hasTags() ? match.tags() : Collections.emptySortedMap()));
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
