package dev.historics.jobs;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.augment.Partner;
import dev.historics.archive.augment.PartnerMerge;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.RowEdit;
import dev.historics.jobs.join.FrequentKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/**
 * Makes days anew, each from its partners in the order of its rows, which stream by. Gives a line
 * for each day, and one for the keys without a partner. Whether a day was published, its manifests
 * tell: a twin of this task may have been faster, and an attempt may die after it has published.
 */
final class AugmentDaysFn extends DoFn<Pair<String, Iterable<Pair<String, String>>>, String> {
  private static final long serialVersionUID = 1L;

  private static final int RADIX = 16;
  private static final int LONELY_MAX = 10;

  private transient AugmentPlan plan;
  private transient Archive archive;

  @Override
  public void initialize() {
    try (ArchiveFiles results = ReplayConf.results(getConfiguration())) {
      plan = AugmentPlan.read(results, getConfiguration().get(ReplayConf.JOB));
      archive = ReplayConf.archive(plan.archiveRoot(), getConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void process(Pair<String, Iterable<Pair<String, String>>> group, Emitter<String> emitter) {
    if (group.first().equals(AugmentMetFn.LONELY)) {
      emitter.emit(lonely(group.second()).toLine());
      return;
    }
    int day = Integer.parseInt(group.first(), RADIX);
    DayPartners partners = new DayPartners(group.second().iterator());
    AugmentTally tally = partners.tally();
    if (tally.problem().isEmpty()) {
      tally = augmented(plan.days().get(day), partners, tally);
    }
    increment(ReplayFn.COUNTERS, "matched", partners.rows());
    emitter.emit(AugmentReport.of(day, tally, partners.rows(), tally.problem()).toLine());
  }

  private static AugmentReport lonely(Iterable<Pair<String, String>> keys) {
    FrequentKeys frequent = new FrequentKeys(AugmentMetFn.KEYS_MAX);
    for (Pair<String, String> key : keys) {
      frequent.add(key.first(), Long.parseLong(key.second()));
    }
    return AugmentReport.of(
        frequent.atLeast(1).entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(LONELY_MAX)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The tally, with a problem if there was one. */
  private AugmentTally augmented(AugmentPlan.Day day, DayPartners partners, AugmentTally tally) {
    try {
      Manifest before = archive.version(day.sourceDay(), day.version());
      if (!plan.isTrial() && (partners.hasNext() || hasOldValues(before))) {
        Augmentation augmentation = plan.joined().augmentation();
        PartnerMerge merge = new PartnerMerge(before, augmentation, partners);
        new Compactor(archive, plan.settings())
            .edit(before, plan.considered(), plan.stripping(), new Reported(merge));
      }
      partners.forEachRemaining(Partner::row);
      return tally;
    } catch (IOException e) {
      // The other days do not wait for this one.
      return new AugmentTally(tally.rows(), tally.withoutKey(), TaskFailures.reason(e));
    }
  }

  /** Whether rows without a partner may have values that are to go. */
  private boolean hasOldValues(Manifest before) {
    return plan.joined().join() == Augmentation.Join.LEFT
        && before.files().stream().anyMatch(plan.joined().augmentation()::mayBeIn);
  }

  /** Tells Hadoop that the task is alive. */
  private final class Reported implements RowEdit {
    private final RowEdit edit;

    Reported(RowEdit edit) {
      this.edit = edit;
    }

    @Override
    public Interaction edit(DataFile file, long row, Interaction interaction) throws IOException {
      progress();
      return edit.edit(file, row, interaction);
    }

    @Override
    public List<String> marks(List<String> common) {
      return edit.marks(common);
    }
  }

  @Override
  public void cleanup(Emitter<String> emitter) {
    try {
      archive.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is sent to a day: first what its parts have, then the partners of its rows. */
  static final class DayPartners implements Iterator<Partner> {
    private final Iterator<Pair<String, String>> sent;
    private AugmentTally tally = AugmentTally.NONE;
    private Pair<String, String> next;
    private RowPlace last;
    private long rows;

    DayPartners(Iterator<Pair<String, String>> sent) {
      this.sent = sent;
      advance();
      while (next != null && AugmentTally.is(next.first())) {
        tally = tally.and(AugmentTally.parse(next.first()));
        advance();
      }
    }

    private void advance() {
      next = sent.hasNext() ? sent.next() : null;
    }

    AugmentTally tally() {
      return tally;
    }

    /** How many rows had a partner so far. */
    long rows() {
      return rows;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Partner next() {
      RowPlace place = RowPlace.parse(next.first());
      Partner partner = place.partner(next.second());
      boolean isSameRow = last != null && last.file() == place.file() && last.row() == place.row();
      rows += isSameRow ? 0 : 1;
      last = place;
      advance();
      return partner;
    }
  }
}
