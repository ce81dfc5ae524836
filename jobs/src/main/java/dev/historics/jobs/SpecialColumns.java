package dev.historics.jobs;

import dev.historics.archive.SampleBuckets;
import dev.historics.filter.FloatColumn;
import dev.historics.filter.TextColumn;

/** Columns that come from what an interaction is stored under, and not from its JSON. */
final class SpecialColumns {
  /** Draws {@code interaction.sample} apart from the place in a stored sample. */
  private static final String SAMPLE_SEED = "interaction.sample:";

  private SpecialColumns() {}

  /** The column {@code interaction.id} of a batch whose ids are known. */
  static TextColumn ids(PartBatch batch) {
    TextColumn.Builder column = new TextColumn.Builder();
    for (int row = 0; row < batch.rows(); row++) {
      column.add(batch.id(row));
      column.endRow();
    }
    return column.build();
  }

  /** The column {@code interaction.sample} of interactions with these ids. */
  static FloatColumn sample(TextColumn ids) {
    FloatColumn.Builder column = new FloatColumn.Builder();
    for (int row = 0; row < ids.rows(); row++) {
      int first = ids.rowStart(row);
      if (first < ids.rowStart(row + 1)) {
        column.add(SampleBuckets.position(SAMPLE_SEED + ids.text(ids.entry(first))));
      }
      column.endRow();
    }
    return column.build();
  }
}
