package dev.historics.filter.regex;

import dev.historics.filter.text.ByteFilter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks for a run of classes in raw UTF-8: for its smallest class eight bytes at a time, and for
 * the others around what it finds. Immutable.
 */
final class RunFilter implements ByteFilter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;

  private final AsciiClass[] run;
  private final int anchor;

  /** Added to a byte of ASCII they set its high bit from the first of the anchor on, and after. */
  private final long fromFirst;

  private final long afterLast;

  /**
   * @param run not empty, and none of its classes is
   */
  RunFilter(List<AsciiClass> run) {
    this.run = run.toArray(AsciiClass[]::new);
    this.anchor =
        IntStream.range(0, run.size())
            .boxed()
            .min(Comparator.comparingInt(i -> run.get(i).size()))
            .orElseThrow();
    this.fromFirst = ONES * (0x80 - run.get(anchor).first());
    this.afterLast = ONES * (0x7F - run.get(anchor).last());
  }

  @Override
  public boolean mayHold(byte[] bytes, int start, int length) {
    int at = start + anchor;
    int end = start + length - (run.length - 1 - anchor);
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      long ascii = eight & ~HIGHS;
      long hits = (ascii + fromFirst) & ~(ascii + afterLast) & ~eight & HIGHS;
      while (hits != 0) {
        if (stands(bytes, at + Long.numberOfTrailingZeros(hits) / Byte.SIZE - anchor)) {
          return true;
        }
        hits &= hits - 1;
      }
    }
    for (; at < end; at++) {
      if (stands(bytes, at - anchor)) {
        return true;
      }
    }
    return false;
  }

  private boolean stands(byte[] bytes, int start) {
    for (int i = 0; i < run.length; i++) {
      if (!run[i].holds(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }
}
