package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.filter.Column;
import dev.historics.filter.IntColumn;
import dev.historics.filter.TextColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/**
 * Gives the keys that the rows of a part have, each with its place, and at the end of the part,
 * without a key, what was in it. Of a row with several values each is a key, up to {@link
 * RowPlace#VALUES_MAX}.
 */
final class AugmentFactsFn extends DoFn<DayPart, Pair<String, String>> {
  private static final long serialVersionUID = 1L;

  private transient AugmentPlan plan;
  private transient Map<String, RowPlace> files;
  private transient ScanNeeds needs;

  @Override
  public void initialize() {
    try (ArchiveFiles results = ReplayConf.results(getConfiguration())) {
      plan = AugmentPlan.read(results, getConfiguration().get(ReplayConf.JOB));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files = new HashMap<>();
    for (int day = 0; day < plan.days().size(); day++) {
      List<String> paths = plan.days().get(day).files();
      for (int file = 0; file < paths.size(); file++) {
        files.put(paths.get(file), new RowPlace(day, file, 0, 0));
      }
    }
    needs =
        new ScanNeeds(
            List.of(plan.target()),
            false,
            false,
            ScanNeeds.isSpecial(plan.target()),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE);
  }

  @Override
  public void process(DayPart part, Emitter<Pair<String, String>> emitter) {
    RowPlace file = files.get(part.path());
    AugmentTally tally;
    try {
      tally = read(part, file, emitter);
    } catch (IOException e) {
      // The other days do not wait for one that is damaged.
      tally = new AugmentTally(0, 0, TaskFailures.reason(e, part.path()));
    }
    emitter.emit(Pair.of("", tally.text(file.day())));
  }

  private AugmentTally read(DayPart part, RowPlace file, Emitter<Pair<String, String>> emitter)
      throws IOException {
    AugmentTally tally = AugmentTally.NONE;
    DayPart.Batches batches = part.batches(needs);
    PartBatch batch = batches == null ? null : batches.next();
    while (batch != null) {
      if (!batch.unreadable().isEmpty()) {
        throw new IOException(
            "%s: row %d is no JSON object"
                .formatted(part.path(), part.firstRow() + batch.unreadable().nextSetBit(0)));
      }
      tally = tally.and(read(batch, part.firstRow() + batch.firstRow(), file, emitter));
      progress();
      batch = batches.next();
    }
    return tally;
  }

  private AugmentTally read(
      PartBatch batch, long firstRow, RowPlace file, Emitter<Pair<String, String>> emitter) {
    BitSet gone = new BitSet();
    gone.or(batch.gone().superseded());
    gone.or(batch.gone().takenDown());
    Column column = batch.column(0);
    long rows = 0;
    long withoutKey = 0;
    for (int row = gone.nextClearBit(0); row < batch.rows(); row = gone.nextClearBit(row + 1)) {
      List<String> keys = keys(column, row);
      for (int value = 0; value < keys.size(); value++) {
        RowPlace place = new RowPlace(file.day(), file.file(), firstRow + row, value);
        emitter.emit(Pair.of(keys.get(value), place.text()));
      }
      rows++;
      withoutKey += keys.isEmpty() ? 1 : 0;
    }
    return new AugmentTally(rows, withoutKey, "");
  }

  /** The different values of a row, in their order. */
  private static List<String> keys(Column column, int row) {
    Set<String> keys = new LinkedHashSet<>();
    int end = column.rowStart(row + 1);
    for (int v = column.rowStart(row); v < end && keys.size() < RowPlace.VALUES_MAX; v++) {
      String key = key(column, v);
      if (!key.isEmpty()) {
        keys.add(key);
      }
    }
    return new ArrayList<>(keys);
  }

  private static String key(Column column, int value) {
    if (column instanceof TextColumn texts) {
      return texts.text(texts.entry(value));
    }
    if (column instanceof IntColumn numbers) {
      return Long.toString(numbers.value(value));
    }
    throw new IllegalStateException("texts and whole numbers are joined, and nothing else");
  }
}
