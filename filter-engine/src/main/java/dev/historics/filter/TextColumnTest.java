package dev.historics.filter;

import java.util.Arrays;

/**
 * Decides a check on the values of a text column. With a dictionary, each entry is decided at most
 * once; the decisions are kept as long as the same column comes back.
 */
final class TextColumnTest implements ValueTest<TextColumn> {
  private static final byte OPEN = 0;
  private static final byte NO = 1;
  private static final byte YES = 2;

  private final TextTest test;
  private TextColumn known;
  private byte[] decisions = {};

  TextColumnTest(TextTest test) {
    this.test = test;
  }

  @Override
  public boolean test(TextColumn column, int v) {
    return column.hasDictionary() ? remembered(column, column.entry(v)) : decide(column, v);
  }

  private boolean remembered(TextColumn column, int entry) {
    if (known != column) {
      known = column;
      if (decisions.length < column.entries()) {
        decisions = new byte[column.entries()];
      } else {
        Arrays.fill(decisions, 0, column.entries(), OPEN);
      }
    }
    if (decisions[entry] == OPEN) {
      decisions[entry] = decide(column, entry) ? YES : NO;
    }
    return decisions[entry] == YES;
  }

  /** An empty text is missing, and what is missing passes nothing. */
  private boolean decide(TextColumn column, int entry) {
    int length = column.length(entry);
    return length > 0 && test.test(column.bytes(), column.start(entry), length);
  }
}
