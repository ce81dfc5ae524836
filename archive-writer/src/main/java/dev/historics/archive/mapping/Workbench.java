package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What one thread needs while it makes interactions, kept from record to record. Remembers the last
 * time it read, because records in the order of time repeat theirs.
 */
final class Workbench {
  private final HashedId hash = new HashedId();
  private final JsonBuffer out = new JsonBuffer();
  private byte[] lastToken = new byte[0];
  private Instant lastTime = Instant.EPOCH;
  private String lastText = "";

  HashedId hash() {
    return hash;
  }

  /** An empty buffer, the same one each time. */
  JsonBuffer out() {
    out.clear();
    return out;
  }

  /** The time that {@code rule} finds in the record. One workbench is for one mapping's rules. */
  Instant time(TimeRule rule, Captured record) throws RejectedRecordException {
    int value = rule.value(record);
    int start = record.start(value);
    int end = record.end(value);
    if (!Arrays.equals(lastToken, 0, lastToken.length, record.record(), start, end)) {
      Instant time = rule.parse(record, value);
      lastTime = time;
      lastText = time.toString();
      lastToken = Arrays.copyOfRange(record.record(), start, end);
    }
    return lastTime;
  }

  /** The last time in ISO 8601, UTC. */
  String timeText() {
    return lastText;
  }
}
