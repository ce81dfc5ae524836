package dev.historics.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links and mentions in a text, by their looks:
 *
 * <ul>
 *   <li>{@code http://} or {@code https://} and what follows up to the next blank
 *   <li>{@code www.}, or a well-known shortener such as {@code bit.ly/}, at the start of a word,
 *       and what follows up to the next blank
 *   <li>{@code @} and 1 to 15 letters, digits and underscores, not behind one of these
 * </ul>
 *
 * <p>Something must follow it. Letters are those of ASCII, in upper or lower case, as Twitter
 * counts them: a name may stand right behind Japanese words. Blanks are Unicode's. Whatever the
 * text, it is read once.
 */
final class LinksAndMentions {
  private static final int NAME_MAX = 15;
  private static final int NONE = -1;

  /** The first byte of {@code ＠}, and of some others. */
  private static final byte FULL_WIDTH_AT = (byte) 0xEF;

  /** What links without a scheme begin with, in lower case. */
  private static final String[] BARE = {
    "www.",
    "amzn.to/",
    "bit.ly/",
    "buff.ly/",
    "cli.gs/",
    "dlvr.it/",
    "fb.me/",
    "ff.im/",
    "goo.gl/",
    "ift.tt/",
    "instagr.am/",
    "is.gd/",
    "j.mp/",
    "lnkd.in/",
    "ow.ly/",
    "su.pr/",
    "t.co/",
    "tinyurl.com/",
    "tl.gd/",
    "tmblr.co/",
    "trib.al/",
    "twurl.nl/",
    "wp.me/",
    "youtu.be/",
  };

  /** {@link #BARE} by first letter, of which 'a' is number 0. */
  private static final String[][] BARE_BY_LETTER = byLetter();

  private LinksAndMentions() {}

  private static String[][] byLetter() {
    List<List<String>> byLetter = new ArrayList<>();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      char first = letter;
      byLetter.add(List.of(BARE).stream().filter(bare -> bare.charAt(0) == first).toList());
    }
    return byLetter.stream().map(list -> list.toArray(String[]::new)).toArray(String[][]::new);
  }

  /** Whether a text in UTF-8 may have any, of whatever looks; most texts do not. */
  static boolean mayBeIn(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (text[i]) {
        case '@', '/', FULL_WIDTH_AT -> {
          return true;
        }
        case '.' -> {
          if (i + 1 < to && text[i + 1] != ' ') {
            return true;
          }
        }
        default -> {
          // Neither a link nor a mention is only made of such.
        }
      }
    }
    return false;
  }

  /**
   * A text with one space for each link and each mention. Those of a kind are where {@code known}
   * says; by their looks, if it names none of the kind, or anything that does not fit the text.
   * What only looks like one ends where a named one begins.
   */
  static String without(String text, TextEntities known) {
    Optional<List<TextEntities.Span>> fitting = known.in(text);
    List<TextEntities.Span> spans = fitting.orElse(List.of());
    boolean seeksLinks = fitting.isEmpty() || known.links().isEmpty();
    boolean seeksMentions = fitting.isEmpty() || known.mentions().isEmpty();
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    int next = 0;
    int at = 0;
    while (at < text.length()) {
      int end = NONE;
      while (next < spans.size() && spans.get(next).start() <= at) {
        end = Math.max(end, spans.get(next++).end());
      }
      int limit = next < spans.size() ? spans.get(next).start() : text.length();
      end = end <= at && seeksLinks ? Math.min(limit, linkEnd(text, at)) : end;
      end = end <= at && seeksMentions ? Math.min(limit, mentionEnd(text, at)) : end;
      if (end > at) {
        out.append(text, copied, at).append(' ');
        copied = end;
        at = end;
      } else {
        at++;
      }
    }
    return out.append(text, copied, at).toString();
  }

  /** The end of the link that starts at {@code at}, or a negative number. */
  private static int linkEnd(String text, int at) {
    int rest = linkStart(text, at);
    if (rest == NONE || rest == text.length() || isBlank(text.charAt(rest))) {
      return NONE;
    }
    while (rest < text.length() && !isBlank(text.charAt(rest))) {
      rest++;
    }
    return rest;
  }

  /** Where what must follow the start of a link would be. */
  private static int linkStart(String text, int at) {
    int letter = (text.charAt(at) | 0x20) - 'a';
    if (letter < 0 || letter >= BARE_BY_LETTER.length) {
      return NONE;
    }
    if (startsWith(text, at, "http://")) {
      return at + "http://".length();
    }
    if (startsWith(text, at, "https://")) {
      return at + "https://".length();
    }
    String[] bares = BARE_BY_LETTER[letter];
    if (bares.length > 0 && !isBehindWord(text, at)) {
      for (String bare : bares) {
        if (startsWith(text, at, bare)) {
          return at + bare.length();
        }
      }
    }
    return NONE;
  }

  /** The end of the mention that starts at {@code at}, or a negative number. */
  private static int mentionEnd(String text, int at) {
    if (text.charAt(at) != '@' || isBehindWord(text, at)) {
      return NONE;
    }
    int end = at + 1;
    while (end < text.length() && end - at <= NAME_MAX && isWord(text.charAt(end))) {
      end++;
    }
    return end > at + 1 ? end : NONE;
  }

  /** Whether {@code lower} stands at {@code at}, its letters in upper or lower case. */
  private static boolean startsWith(String text, int at, String lower) {
    if (text.length() - at < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      char c = text.charAt(at + i);
      char folded = c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      if (folded != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBehindWord(String text, int at) {
    return at > 0 && isWord(text.charAt(at - 1));
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /** Whether Unicode counts a character as white space; none beyond 16 bits is. */
  private static boolean isBlank(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\u000B', '\f', '\r', '\u0085', '\u00A0', '\u1680' -> true;
      case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
      default -> c >= '\u2000' && c <= '\u200A';
    };
  }
}
