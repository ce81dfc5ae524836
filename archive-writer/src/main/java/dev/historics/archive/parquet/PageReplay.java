package dev.historics.archive.parquet;

import java.io.IOException;
import java.util.Arrays;

/** Takes a page of dictionary numbers apart that was made here a moment ago. */
final class PageReplay {
  private final int[] repetitions;
  private final int[] definitions;
  private final int[] ids;

  PageReplay(Page page, int repetitionMax, int definitionMax) {
    byte[] bytes = Arrays.copyOf(page.stored, page.stored.length + RunLengths.SLACK);
    int end = page.stored.length;
    try {
      int at = 0;
      repetitions = new int[repetitionMax == 0 ? 0 : page.entries];
      at = levels(bytes, at, end, repetitionMax, repetitions);
      definitions = new int[definitionMax == 0 ? 0 : page.entries];
      at = levels(bytes, at, end, definitionMax, definitions);
      ids = new int[page.values];
      RunLengths.decode(bytes, at + 1, end, bytes[at], ids, 0, ids.length);
    } catch (IOException e) {
      throw new IllegalStateException("a page that was made here cannot be read", e);
    }
  }

  private static int levels(byte[] bytes, int at, int end, int max, int[] levels)
      throws IOException {
    if (max == 0) {
      return at;
    }
    int from = at + Integer.BYTES;
    RunLengths.decode(bytes, from, end, RunLengths.width(max), levels, 0, levels.length);
    return from + PageBuffer.intAt(bytes, at);
  }

  int repetition(int entry) {
    return repetitions.length == 0 ? 0 : repetitions[entry];
  }

  int definition(int entry) {
    return definitions.length == 0 ? 0 : definitions[entry];
  }

  int id(int value) {
    return ids[value];
  }
}
