package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided 64 rows at a time against one value after the other. */
class RowTestTest {
  private static final long[] NUMBERS = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, -5, -1, 0, 1, 2, 5, Long.MAX_VALUE - 1, Long.MAX_VALUE
  };
  private static final byte[] LETTERS = "abcdef".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void numbers_are_found_as_one_after_the_other(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      int[] starts = starts(random);
      long[] values = new long[starts[starts.length - 1] + random.nextInt(3)];
      for (int v = 0; v < values.length; v++) {
        values[v] = NUMBERS[random.nextInt(NUMBERS.length)];
      }
      long min = NUMBERS[random.nextInt(NUMBERS.length)];
      long max = NUMBERS[random.nextInt(NUMBERS.length)];
      boolean outside = random.nextBoolean();

      requireSame(
          random,
          new NumberCheck.IntRange(min, max, outside).test(),
          new IntColumn(starts, values),
          v -> (values[v] >= min && values[v] <= max) != outside);
      requireSame(
          random,
          new Check.Present(ValueType.INT).test(),
          new IntColumn(starts, values),
          v -> true);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_late_column_is_decoded_only_where_its_bounds_leave_it_open(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int spared = 0;
    for (int round = 0; round < 300; round++) {
      int[] starts = starts(random);
      long[] values = new long[starts[starts.length - 1]];
      Arrays.setAll(values, v -> NUMBERS[random.nextInt(NUMBERS.length)]);
      long least = Arrays.stream(values).min().orElse(0);
      long greatest = Arrays.stream(values).max().orElse(0);
      NumberCheck.IntRange range =
          new NumberCheck.IntRange(
              NUMBERS[random.nextInt(NUMBERS.length)] / 2,
              NUMBERS[random.nextInt(NUMBERS.length)] / 2,
              random.nextInt(4) == 0);
      IntColumn whole = new IntColumn(starts, values);
      AtomicInteger decoded = new AtomicInteger();
      IntColumn late =
          IntColumn.late(
              starts.length - 1,
              least,
              greatest,
              () -> {
                decoded.incrementAndGet();
                return whole;
              });

      RowSet all = RowSet.range(0, late.rows());
      BitSet hits = new BitSet();
      range.test().select(late, all, hits);
      BitSet expected = new BitSet();
      range.test().valueByValue().select(whole, all, expected);

      assertThat(hits).isEqualTo(expected);
      assertThat(decoded.get()).isLessThan(2);
      spared += decoded.get() == 0 ? 1 : 0;
    }
    assertThat(spared).isBetween(10, 290);
  }

  @Test
  void a_dictionary_without_anything_that_passes_spares_its_values() {
    byte[] bytes = "ab".getBytes(StandardCharsets.UTF_8);
    TextColumn late =
        TextColumn.late(
            100,
            bytes,
            new int[] {0, 1},
            new int[] {1, 1},
            2,
            () -> {
              throw new IllegalStateException("nobody needs them");
            });
    ColumnTest test =
        new TextColumnTest((text, start, length) -> text[start] == 'c').on(TextColumn.class);
    BitSet hits = new BitSet();

    test.select(late, RowSet.range(0, 100), hits);

    assertThat(hits.isEmpty()).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void texts_are_found_as_one_after_the_other_whatever_dictionary_comes_next(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte wanted = LETTERS[random.nextInt(LETTERS.length)];
    ColumnTest test =
        new TextColumnTest((bytes, start, length) -> bytes[start] == wanted).on(TextColumn.class);
    Dictionary dictionary = new Dictionary(random);
    for (int round = 0; round < 300; round++) {
      if (random.nextInt(3) == 0) {
        dictionary = new Dictionary(random);
      }
      int[] starts = starts(random);
      int values = starts[starts.length - 1];
      int[] ids = new int[values];
      for (int v = 0; v < values; v++) {
        ids[v] = random.nextInt(dictionary.lengths.length);
      }
      Dictionary entries = dictionary;
      IntPredicate passes =
          v -> entries.lengths[ids[v]] > 0 && entries.bytes[entries.starts[ids[v]]] == wanted;

      requireSame(random, test, entries.column(starts, ids), passes);
      requireSame(random, test, entries.plain(starts, ids), passes);
    }
  }

  /** Texts of up to one letter. */
  private static final class Dictionary {
    final byte[] bytes;
    final int[] starts;
    final int[] lengths;

    Dictionary(SplittableRandom random) {
      int entries = 1 + random.nextInt(10);
      bytes = new byte[entries];
      starts = new int[entries];
      lengths = new int[entries];
      for (int entry = 0; entry < entries; entry++) {
        bytes[entry] = LETTERS[random.nextInt(LETTERS.length)];
        starts[entry] = entry;
        lengths[entry] = Math.min(1, random.nextInt(6));
      }
    }

    TextColumn column(int[] rowStarts, int[] ids) {
      return TextColumn.dictionary(rowStarts, ids, bytes, starts, lengths, starts.length);
    }

    TextColumn plain(int[] rowStarts, int[] ids) {
      return TextColumn.plain(
          rowStarts,
          bytes,
          Arrays.stream(ids).map(id -> starts[id]).toArray(),
          Arrays.stream(ids).map(id -> lengths[id]).toArray());
    }
  }

  /** Rows with one value each, at most one, or several; sometimes with few exceptions. */
  private static int[] starts(SplittableRandom random) {
    int rows = random.nextInt(300);
    int kind = random.nextInt(4);
    int[] starts = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      int count =
          switch (kind) {
            case 0 -> 1;
            case 1 -> random.nextInt(2);
            case 2 -> random.nextInt(50) == 0 ? random.nextInt(3) : 1;
            default -> random.nextInt(100);
          };
      starts[row + 1] = starts[row] + count;
    }
    return starts;
  }

  private static void requireSame(
      SplittableRandom random, ColumnTest test, Column column, IntPredicate passes) {
    BitSet asked = new BitSet();
    int oneIn = 1 + random.nextInt(20) * random.nextInt(2);
    for (int row = 0; row < column.rows(); row++) {
      asked.set(row, random.nextInt(oneIn) == 0);
    }
    BitSet before = new BitSet();
    before.set(random.nextInt(400));
    BitSet expected = (BitSet) before.clone();
    asked.stream()
        .filter(
            row -> {
              int end = column.rowStart(row + 1);
              for (int v = column.rowStart(row); v < end; v++) {
                if (passes.test(v)) {
                  return true;
                }
              }
              return false;
            })
        .forEach(expected::set);

    BitSet hits = (BitSet) before.clone();
    RowSet rows = new RowSet();
    rows.set(asked);
    test.select(column, rows, hits);

    assertThat(hits).isEqualTo(expected);
    test.valueByValue().select(column, rows, before);
    assertThat(before).isEqualTo(expected);
  }
}
