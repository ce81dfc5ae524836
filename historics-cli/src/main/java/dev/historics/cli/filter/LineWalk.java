package dev.historics.cli.filter;

import dev.historics.archive.RejectedRecordException;
import dev.historics.cli.session.Printer;
import java.nio.charset.StandardCharsets;

/** Goes through the lines of a block that have to be read, and takes what is no interaction out. */
final class LineWalk {
  private static final int EXCERPT_BYTES = 60;

  private final LineChoice choice;
  private final Interactions interactions;

  LineWalk(LineChoice choice, Interactions interactions) {
    this.choice = choice;
    this.interactions = interactions;
  }

  /** Takes the interactions, in order. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes one.
     *
     * @param place where its line starts in the block
     * @param line as it stood in the input
     * @return whether it could be read
     */
    boolean take(int place, Slice line, Slice interaction);
  }

  void walk(Block block, Sifted sifted, Taker taker) {
    byte[] bytes = block.bytes();
    LineChoice.Lines lines = choice.in(block);
    int start = block.length() == 0 ? -1 : lines.next(0);
    while (start >= 0) {
      int end = Newlines.next(bytes, start, block.length());
      Slice line = new Slice(bytes, start, end - start);
      if (!isBlank(line)) {
        take(line, sifted, taker);
      }
      start = end + 1 < block.length() ? lines.next(end + 1) : -1;
    }
    sifted.lines(Newlines.count(bytes, 0, block.length()));
  }

  private void take(Slice line, Sifted sifted, Taker taker) {
    try {
      if (!taker.take(line.offset(), line, interactions.of(line))) {
        sifted.refuse(
            line.offset(), "expected one JSON object, found '%s'".formatted(excerpt(line)));
      }
    } catch (RejectedRecordException e) {
      sifted.refuse(line.offset(), Printer.printable(e.getMessage()));
    }
  }

  private static boolean isBlank(Slice line) {
    for (int i = line.offset(); i < line.offset() + line.length(); i++) {
      byte b = line.bytes()[i];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static String excerpt(Slice line) {
    int shown = Math.min(EXCERPT_BYTES, line.length());
    String text = new String(line.bytes(), line.offset(), shown, StandardCharsets.UTF_8);
    return Printer.printable(text.strip()) + (shown < line.length() ? "…" : "");
  }
}
