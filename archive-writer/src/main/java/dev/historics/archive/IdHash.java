package dev.historics.archive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of the SHA-256 of an interaction's id in UTF-8: what the archive compares when
 * it asks whether it has an id already. Ordered as unsigned numbers.
 */
public record IdHash(long high, long low) implements Comparable<IdHash> {
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(IdHash::newDigest);

  public static IdHash of(String id) {
    ByteBuffer hash = ByteBuffer.wrap(DIGEST.get().digest(id.getBytes(StandardCharsets.UTF_8)));
    return new IdHash(hash.getLong(), hash.getLong());
  }

  @Override
  public int compareTo(IdHash other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
