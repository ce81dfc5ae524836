package dev.historics.jobs;

import dev.historics.filter.Tags;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What one rider gets of a batch. A rider whose tags cannot be written fails alone. Owned by one
 * thread.
 */
final class Delivery {
  private final RiderGroup.Found found;
  private final Map<Integer, String> members = new HashMap<>();

  Delivery(RiderGroup.Found found) {
    this.found = found;
    try {
      for (Map.Entry<Integer, Tags> row : found.tags().entrySet()) {
        members.put(row.getKey(), TaggedInteraction.members(row.getValue()));
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  SourceTally tally() {
    return found.tally();
  }

  /** The rows of the batch that are delivered. */
  BitSet rows() {
    return found.rows();
  }

  /** Writes the interaction of a row, with its tags if the rule tags. */
  void write(int row, byte[] bytes, int offset, int length, PartWriter writer) throws IOException {
    if (members.isEmpty()) {
      writer.write(bytes, offset, length);
      return;
    }
    byte[] tagged;
    try {
      tagged = TaggedInteraction.of(bytes, offset, length, members.get(row));
    } catch (IOException e) {
      fail(e);
      return;
    }
    writer.write(tagged, 0, tagged.length);
  }

  private void fail(IOException e) {
    tally().fail("its tags cannot be written: " + TaskFailures.reason(e));
  }
}
