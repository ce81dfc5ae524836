package dev.historics.filter.regex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the classes of a pattern, in brackets and by name, exactly as RE2/J reads them, and refuses
 * what would be too large or never end there. Owned by one thread.
 */
final class CharacterClasses {
  /** The most tables and ranges of characters, which are costly to join. */
  static final int TABLES_MAX = 200;

  /**
   * Old forms of Cyrillic letters. They have an upper case that does not lead back to them, where
   * RE2/J goes round and round; so it is with no other character.
   */
  private static final int ENDLESS_START = 0x1C80;

  private static final int ENDLESS_END = 0x1C89;

  private static final Pattern TABLE =
      Pattern.compile("\\\\[pP](?:\\{([^}]*)\\}|.)", Pattern.DOTALL);

  private static final Pattern PERL_CLASS = Pattern.compile("\\\\[dswDSW]");

  /** Characters beyond the Basic Multilingual Plane, and all others, inside of brackets. */
  private static final String BEYOND = "\\x{10000}-\\x{10FFFF}";

  private static final String WITHIN = "\\x{0}-\\x{FFFF}";

  private int tables;

  /** What the brackets come to that are being read; null if that is not known to be ASCII. */
  private AsciiClass members;

  /**
   * Takes a class in brackets, as far as it goes.
   *
   * @return null if the class may hold a character outside ASCII
   */
  AsciiClass brackets(PatternCursor cursor, boolean caseless) throws RefusedException {
    members = cursor.startsWith("[^") ? null : AsciiClass.NONE;
    cursor.take(members == null ? 2 : 1);
    boolean first = true;
    while (!cursor.isAtEnd() && (first || cursor.current() != ']')) {
      first = false;
      Matcher table = cursor.match(TABLE);
      int named = cursor.startsWith("[:") ? cursor.indexOf(":]") : -1;
      if (named >= 0) {
        members = null;
        cursor.take(named + 2 - cursor.at());
      } else if (table.lookingAt()) {
        members = null;
        count(cursor);
        take(table, "", cursor, "");
      } else if (cursor.match(PERL_CLASS).lookingAt()) {
        boolean digits = members != null && cursor.next() == 'd';
        members = digits ? members.with('0', '9') : null;
        cursor.take(2);
      } else {
        range(cursor, caseless);
      }
    }
    if (!cursor.isAtEnd()) {
      cursor.take(1);
    }
    return members;
  }

  /** Takes a table by name, outside of brackets. */
  void table(PatternCursor cursor) throws RefusedException {
    count(cursor);
    Matcher table = cursor.match(TABLE);
    if (table.lookingAt()) {
      take(table, "[", cursor, "]");
    } else {
      cursor.take(2);
    }
  }

  /** Takes a table as it stands, or what RE2/J has instead of it between two texts. */
  private static void take(Matcher table, String before, PatternCursor cursor, String after) {
    String surrogates = surrogates(table);
    int length = table.end() - cursor.at();
    if (surrogates.isEmpty()) {
      cursor.take(length);
    } else {
      cursor.replace(length, before + surrogates + after);
    }
  }

  /** The members of {@code \\p{Cs}} and its like; empty for another table. */
  private static String surrogates(Matcher table) {
    String name = table.group(1);
    if (name == null || !(name.equals("Cs") || name.equals("^Cs"))) {
      return "";
    }
    boolean opposite = table.group().startsWith("\\P") ^ name.startsWith("^");
    return opposite ? WITHIN : BEYOND;
  }

  /** One character, or a range of them. */
  private void range(PatternCursor cursor, boolean caseless) throws RefusedException {
    int start = cursor.at();
    int first = cursor.takeCharacter();
    int last = first;
    if (cursor.hasNext() && cursor.current() == '-' && cursor.next() != ']') {
      cursor.take(1);
      last = cursor.takeCharacter();
      if (last >= 0x80) {
        count(cursor);
      }
    }
    boolean plain = cursor.since(start).indexOf('\\') < 0;
    members = members != null && plain && last < 0x80 ? members.with(first, last) : null;
    refuseEndless(cursor, caseless, first, last, start);
  }

  private void count(PatternCursor cursor) throws RefusedException {
    tables++;
    if (tables > TABLES_MAX) {
      throw new RefusedException(
          "this regular expression has more than %d tables and ranges of characters"
              .formatted(TABLES_MAX),
          cursor.at(),
          cursor.at() + 1);
    }
  }

  /**
   * Refuses characters that RE2/J cannot read where case does not count.
   *
   * @param start where they stand, up to the cursor
   */
  static void refuseEndless(PatternCursor cursor, boolean caseless, int first, int last, int start)
      throws RefusedException {
    if (caseless && first < ENDLESS_END && last >= ENDLESS_START) {
      throw new RefusedException(
          "the characters U+1C80 to U+1C88 cannot stand where case does not count",
          start,
          cursor.at());
    }
  }
}
