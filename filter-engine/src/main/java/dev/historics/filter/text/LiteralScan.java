package dev.historics.filter.text;

import java.nio.charset.StandardCharsets;

/** Finds the literals of an index in raw UTF-8. */
final class LiteralScan implements TextScan {
  /** The characters outside ASCII whose folded form is or starts with one of ASCII. */
  private static final String OTHER_FORMS = "\u212A\u0130\u037E\u1FEF";

  private static final byte[][] OTHERS =
      OTHER_FORMS
          .chars()
          .mapToObj(c -> Character.toString(c).getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  private final LiteralIndex index;
  private final FoundNumbers found;

  /** Of each byte its folded form. */
  private final byte[] folded = new byte[256];

  /** Of each byte whether one of {@link #OTHERS} starts with it. */
  private final boolean[] startsOther = new boolean[256];

  LiteralScan(LiteralIndex index) {
    this.index = index;
    this.found = new FoundNumbers(index.size());
    for (int b = 0; b < folded.length; b++) {
      folded[b] = index.folding().fold((byte) b);
    }
    for (byte[] other : OTHERS) {
      startsOther[other[0] & 0xFF] = true;
    }
  }

  @Override
  public int scan(byte[] bytes, int start, int length) {
    found.clear();
    int end = start + length;
    int gram = 0;
    for (int i = start; i < end; i++) {
      int b = bytes[i] & 0xFF;
      if (b >= 0x80 && startsOther[b] && isOther(bytes, i, end)) {
        return searchEach(bytes, start, length);
      }
      gram = LiteralIndex.next(gram, folded[b]);
      if (index.mayHold(gram)) {
        compare(bytes, start, end, i + 1, gram);
      }
    }
    return found.size();
  }

  private static boolean isOther(byte[] bytes, int at, int end) {
    for (byte[] other : OTHERS) {
      boolean same = end - at >= other.length;
      for (int i = 0; same && i < other.length; i++) {
        same = bytes[at + i] == other[i];
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  private int searchEach(byte[] bytes, int start, int length) {
    for (int number = 0; number < index.size(); number++) {
      if (index.search(number).mayHold(bytes, start, length)) {
        found.add(number);
      }
    }
    return found.size();
  }

  /** Adds the literals whose three characters, which end before {@code after}, stand in them. */
  private void compare(byte[] bytes, int start, int end, int after, int gram) {
    for (int number : index.numbers(gram)) {
      byte[] literal = index.literal(number);
      int at = index.start(number, after);
      boolean same = at >= start && end - at >= literal.length;
      for (int i = 0; same && i < literal.length; i++) {
        same = folded[bytes[at + i] & 0xFF] == literal[i];
      }
      if (same) {
        found.add(number);
      }
    }
  }

  @Override
  public int[] found() {
    return found.toArray();
  }
}
