package dev.historics.archive.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts without links and mentions, made in the plainest way: a regular expression, and arrays of
 * code points. Shares no code with what it is compared to.
 */
public final class PlainStripping {
  private static final String BLANK =
      "\\s\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
  private static final Pattern LINK =
      Pattern.compile(
          "(?i:https?://)[^B]+|(?<![A-Za-z0-9_])(?i:www\\.|(?:t\\.co|bit\\.ly|goo\\.gl|ow\\.ly|tinyurl\\.com|is\\.gd|buff\\.ly|dlvr\\.it|fb\\.me|youtu\\.be|j\\.mp|wp\\.me|lnkd\\.in|amzn\\.to|ift\\.tt|trib\\.al|instagr\\.am|tl\\.gd|su\\.pr|cli\\.gs|ff\\.im|tmblr\\.co|twurl\\.nl)/)[^B]+"
              .replace("B", BLANK));
  private static final Pattern MENTION = Pattern.compile("(?<![A-Za-z0-9_])@[A-Za-z0-9_]{1,15}");
  private static final Pattern EITHER = Pattern.compile(LINK + "|" + MENTION);

  private PlainStripping() {}

  /** By its looks alone. */
  public static String strip(String text) {
    return EITHER.matcher(text).replaceAll(" ");
  }

  /**
   * By what {@code entities} say of a text, and by its looks where they say nothing.
   *
   * @param entities as in Twitter's API version 1.1
   */
  public static String strip(String text, JsonNode entities) {
    int[] points = text.codePoints().toArray();
    List<int[]> spans = new ArrayList<>();
    boolean links = false;
    boolean mentions = false;
    for (String kind : List.of("urls", "media", "user_mentions")) {
      for (JsonNode entity : entities.path(kind)) {
        int start = entity.path("indices").path(0).asInt(-1);
        int end = entity.path("indices").path(1).asInt(-1);
        if (start < 0 || start >= end || end > points.length) {
          return strip(text);
        }
        String slice = new String(points, start, end - start);
        if (kind.equals("user_mentions")
            ? !slice.startsWith("@") && !slice.startsWith("＠")
            : !slice.equals(entity.path("url").asText())) {
          return strip(text);
        }
        links |= !kind.equals("user_mentions");
        mentions |= kind.equals("user_mentions");
        int charStart = text.offsetByCodePoints(0, start);
        spans.add(new int[] {charStart, text.offsetByCodePoints(0, end)});
      }
    }
    if (!links && !mentions) {
      return strip(text);
    }
    spans.sort(Comparator.comparingInt(span -> span[0]));
    return strip(text, spans, links ? mentions ? null : MENTION : LINK);
  }

  /** Goes from one span to the next, by offsets or by looks. */
  private static String strip(String text, List<int[]> spans, Pattern looks) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    Matcher matcher = looks == null ? null : looks.matcher(text);
    while (at < text.length()) {
      int from = at;
      int end = spans.stream().filter(s -> s[0] == from).mapToInt(s -> s[1]).max().orElse(-1);
      if (end < 0 && matcher != null && matcher.find(at) && matcher.start() == at) {
        int limit =
            spans.stream().mapToInt(s -> s[0]).filter(s -> s > from).min().orElse(text.length());
        end = Math.min(limit, matcher.end());
      }
      out.append(end < 0 ? text.charAt(at) : ' ');
      at = end < 0 ? at + 1 : end;
    }
    return out.toString();
  }
}
