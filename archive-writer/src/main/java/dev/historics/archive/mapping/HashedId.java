package dev.historics.archive.mapping;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An id made of the values of a record: the first 32 hexadecimal digits of a SHA-256. Owned by one
 * thread.
 *
 * <p>What is hashed is, path after path: the number of its values, and then each value as the
 * number of its bytes and its text in UTF-8. Both numbers have four bytes, the highest first. So no
 * two different records are hashed from the same bytes, and a path without a value counts as zero
 * values. Text is what a string means, not how it was escaped; numbers count as they were written.
 */
final class HashedId {
  private static final HexFormat HEX = HexFormat.of();
  private static final int BYTES = 16;

  private final MessageDigest digest;
  private final JsonBuffer bytes = new JsonBuffer();

  HashedId() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The id of what {@code record} has at {@code paths}; empty if it has nothing there. */
  String of(List<FieldPath> paths, Captured record) {
    bytes.clear();
    int values = 0;
    for (FieldPath path : paths) {
      int count = 0;
      for (int value = record.first(path); value >= 0; value = record.next(value)) {
        count++;
      }
      bytes.appendInt(count);
      for (int value = record.first(path); value >= 0; value = record.next(value)) {
        int length = bytes.length();
        bytes.appendInt(0);
        record.appendText(value, bytes);
        bytes.setInt(length, bytes.length() - length - Integer.BYTES);
      }
      values += count;
    }
    if (values == 0) {
      return "";
    }
    digest.update(bytes.array(), 0, bytes.length());
    return HEX.formatHex(digest.digest(), 0, BYTES);
  }
}
