package dev.historics.filter.text;

/**
 * The words of a folded text, one after the other. Reused from text to text; owned by one thread.
 */
public final class Words {
  private final CharacterKinds kinds;
  private String text = "";
  private int start;
  private int end;

  /** Cuts in this way. */
  public Words(Cutting cutting) {
    this.kinds = CharacterKinds.of(cutting);
  }

  /** Goes before the first word of {@code folded}. */
  public void start(String folded) {
    text = folded;
    start = 0;
    end = 0;
  }

  /** Goes to the next word, if there is one. */
  public boolean next() {
    start = end;
    int width;
    for (int at = end; at < text.length(); at += width) {
      int c = text.charAt(at);
      width = 1;
      if (Character.isSurrogate((char) c)) {
        c = text.codePointAt(at);
        width = Character.charCount(c);
      }
      byte kind = kinds.of(c);
      if (kind == CharacterKinds.REGULAR) {
        continue;
      }
      if (at > start) {
        end = at;
        return true;
      }
      if (kind != CharacterKinds.DROP) {
        end = kind == CharacterKinds.SINGLE ? afterMarks(at + width) : at + width;
        return true;
      }
      start = at + width;
    }
    end = text.length();
    return start < end;
  }

  private int afterMarks(int at) {
    int place = at;
    while (place < text.length()) {
      int c = text.codePointAt(place);
      if (!CharacterKinds.isMark(c) || kinds.of(c) != CharacterKinds.REGULAR) {
        break;
      }
      place += Character.charCount(c);
    }
    return place;
  }

  /** The text that is being cut. */
  public String text() {
    return text;
  }

  /** Where the word starts in the text. */
  public int start() {
    return start;
  }

  /** Where the word ends in the text. */
  public int end() {
    return end;
  }

  /** The word, as a new string. */
  public String word() {
    return text.substring(start, end);
  }
}
