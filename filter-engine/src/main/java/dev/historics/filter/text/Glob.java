package dev.historics.filter.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * A pattern for one folded word: characters, {@code *} for any number of characters, {@code ?} for
 * exactly one. A character is a code point.
 */
public final class Glob {
  private static final int ANY = -1;
  private static final int ONE = -2;

  /** Code points, {@link #ANY} (never twice in a row) and {@link #ONE}. */
  private final int[] parts;

  private Glob(int[] parts) {
    this.parts = parts;
  }

  /**
   * The patterns of a text, word by word. Wildcards are regular characters here: they belong to the
   * word they stand at. What stands between them is folded and cut as any text is.
   *
   * @param wildcards the places, in UTF-16 units and in order, of those {@code *} and {@code ?}
   *     that are wildcards; all others are characters
   * @return none if there is no word
   */
  public static List<Glob> phrase(String text, List<Integer> wildcards, Cutting cutting) {
    PhraseBuilder builder = new PhraseBuilder(cutting);
    int from = 0;
    for (int at : wildcards) {
      char wildcard = text.charAt(at);
      if (wildcard != '*' && wildcard != '?') {
        throw new IllegalArgumentException(
            "expected '*' or '?' at %d, got '%s'".formatted(at, wildcard));
      }
      builder.addText(text.substring(from, at));
      builder.word.add(wildcard == '*' ? ANY : ONE);
      from = at + 1;
    }
    builder.addText(text.substring(from));
    builder.endWord();
    return List.copyOf(builder.globs);
  }

  /** Cuts as {@link Words} does, but goes on with a word behind a wildcard. */
  private static final class PhraseBuilder {
    final List<Glob> globs = new ArrayList<>();
    final List<Integer> word = new ArrayList<>();
    private final Folding folding;
    private final CharacterKinds kinds;
    private boolean inSingle;

    PhraseBuilder(Cutting cutting) {
      this.folding = cutting.folding();
      this.kinds = CharacterKinds.of(cutting);
    }

    void addText(String text) {
      inSingle = false;
      PrimitiveIterator.OfInt characters = folding.fold(text).codePoints().iterator();
      while (characters.hasNext()) {
        add(characters.nextInt());
      }
      if (inSingle) {
        endWord();
      }
    }

    private void add(int c) {
      byte kind = kinds.of(c);
      if (inSingle && !(kind == CharacterKinds.REGULAR && CharacterKinds.isMark(c))) {
        endWord();
      }
      if (kind == CharacterKinds.REGULAR) {
        word.add(c);
        return;
      }
      endWord();
      if (kind == CharacterKinds.SINGLE) {
        word.add(c);
        inSingle = true;
      } else if (kind == CharacterKinds.KEEP) {
        word.add(c);
        endWord();
      }
    }

    void endWord() {
      inSingle = false;
      if (!word.isEmpty()) {
        globs.add(new Glob(withoutRepeatedStars()));
        word.clear();
      }
    }

    private int[] withoutRepeatedStars() {
      int[] parts = new int[word.size()];
      int count = 0;
      for (int part : word) {
        if (part != ANY || count == 0 || parts[count - 1] != ANY) {
          parts[count] = part;
          count++;
        }
      }
      return Arrays.copyOf(parts, count);
    }
  }

  /**
   * Whether the word {@code [start, end)} of a folded text is like this. Only the last {@code *} is
   * ever tried again, so the time is at most that of the word times that of the pattern.
   */
  public boolean matches(String text, int start, int end) {
    int at = start;
    int part = 0;
    int retryAt = start;
    int retryPart = -1;
    while (at < end) {
      if (part < parts.length && parts[part] == ANY) {
        part++;
        retryPart = part;
        retryAt = at;
        if (part == parts.length) {
          return true;
        }
        continue;
      }
      int c = text.codePointAt(at);
      if (part < parts.length && (parts[part] == c || parts[part] == ONE)) {
        part++;
        at += Character.charCount(c);
      } else if (retryPart >= 0) {
        retryAt += Character.charCount(text.codePointAt(retryAt));
        at = retryAt;
        part = retryPart;
      } else {
        return false;
      }
    }
    return part == parts.length || (part == parts.length - 1 && parts[part] == ANY);
  }

  /** Whether there is nothing but ASCII and wildcards. */
  boolean isAscii() {
    return Arrays.stream(parts).allMatch(part -> part < 0x80);
  }

  /** ASCII that every word like this holds, and whether it stands at the ends of the word. */
  public record Stretch(String text, boolean startsWord, boolean endsWord) {}

  /** The longest such stretch, the first of several; empty if there is none. */
  public Stretch longestAscii() {
    int bestStart = 0;
    int bestEnd = 0;
    int start = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] < 0 || parts[i] >= 0x80) {
        start = i + 1;
      } else if (i + 1 - start > bestEnd - bestStart) {
        bestStart = start;
        bestEnd = i + 1;
      }
    }
    String text = new String(parts, bestStart, bestEnd - bestStart);
    return new Stretch(text, bestStart == 0, bestEnd == parts.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && Arrays.equals(glob.parts, parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  /** The pattern, with a backslash before each {@code *}, {@code ?} and backslash that is none. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int part : parts) {
      switch (part) {
        case ANY -> text.append('*');
        case ONE -> text.append('?');
        case '*', '?', '\\' -> text.append('\\').appendCodePoint(part);
        default -> text.appendCodePoint(part);
      }
    }
    return text.toString();
  }
}
