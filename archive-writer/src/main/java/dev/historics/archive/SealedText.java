package dev.historics.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The text of a small file that must not be taken for whole when it is not: one JSON object on one
 * line, whose last member is the SHA-256 of all bytes before that member.
 */
public final class SealedText {
  private static final String SEAL = ",\"checksum\":\"";
  private static final int SEAL_BYTES = SEAL.length() + 64 + "\"}\n".length();

  private SealedText() {}

  /**
   * The same object with its checksum.
   *
   * @param object a JSON object with at least one member, in UTF-8, that ends with its brace
   */
  public static byte[] seal(byte[] object) {
    int end = object.length - 1;
    byte[] seal = (SEAL + sha256(object, end) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = Arrays.copyOf(object, end + seal.length);
    System.arraycopy(seal, 0, sealed, end, seal.length);
    return sealed;
  }

  /** Whether this is the whole of what {@link #seal} made. */
  public static boolean isWhole(byte[] text) {
    int end = text.length - SEAL_BYTES;
    return end >= 0
        && new String(text, end, SEAL_BYTES, StandardCharsets.ISO_8859_1)
            .equals(SEAL + sha256(text, end) + "\"}\n");
  }

  /** The SHA-256 of bytes, in lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return sha256(bytes, bytes.length);
  }

  private static String sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
