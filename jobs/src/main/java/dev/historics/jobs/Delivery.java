package dev.historics.jobs;

import dev.historics.filter.Tags;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What one rider gets of a part, held until the JSON of its rows is read. A rider whose tags cannot
 * be written fails alone. Owned by one thread.
 */
final class Delivery {
  private final SourceTally tally;
  private final BitSet rows;
  private final int partRows;
  private final Map<String, String> distinct = new HashMap<>();
  private String[] members = new String[0];

  Delivery(SourceTally tally, int partRows) {
    this.tally = tally;
    this.rows = new BitSet(partRows);
    this.partRows = partRows;
  }

  SourceTally tally() {
    return tally;
  }

  /** The rows of the part that are delivered. */
  BitSet rows() {
    return rows;
  }

  /** Adds what was found in a batch that starts at {@code firstRow} of the part. */
  void add(int firstRow, RiderGroup.Found found) {
    found.rows().stream().forEach(row -> rows.set(firstRow + row));
    if (members.length == 0 && !found.tags().isEmpty()) {
      members = new String[partRows];
    }
    try {
      for (Map.Entry<Integer, Tags> row : found.tags().entrySet()) {
        // Few combinations are many rows' tags.
        String text = TaggedInteraction.members(row.getValue());
        members[firstRow + row.getKey()] = distinct.computeIfAbsent(text, Function.identity());
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  boolean wants(int row) {
    return rows.get(row) && !tally.failed();
  }

  /** Writes the interaction of a row, with its tags if the rule tags. */
  void write(int row, byte[] bytes, int offset, int length, PartWriter writer) throws IOException {
    if (members.length == 0) {
      writer.write(bytes, offset, length);
      return;
    }
    byte[] tagged;
    try {
      tagged = TaggedInteraction.of(bytes, offset, length, members[row]);
    } catch (IOException e) {
      fail(e);
      return;
    }
    writer.write(tagged, 0, tagged.length);
  }

  private void fail(IOException e) {
    tally.fail("its tags cannot be written: " + TaskFailures.reason(e));
  }
}
