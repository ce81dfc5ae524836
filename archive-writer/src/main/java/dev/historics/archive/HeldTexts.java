package dev.historics.archive;

import dev.historics.archive.json.Escapes;
import dev.historics.archive.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The texts of one interaction that cannot be handed over before its end, because its type may
 * stand behind them. Reusable after {@link #clear}; owned by one thread.
 */
final class HeldTexts {
  private final Stripping.Whose whose;
  private final int rawContentColumn;
  private final List<Held> held = new ArrayList<>();
  private final List<Span> contents = new ArrayList<>();
  private final JsonText unescaped = new JsonText();
  private boolean isTweet;
  private boolean hasRawContent;

  /** Where a string, number or word stands in the interaction, without quotes. */
  record Span(int from, int to, boolean hasEscapes) {
    String text(byte[] raw) {
      return hasEscapes
          ? Escapes.unescaped(raw, from, to)
          : new String(raw, from, to - from, StandardCharsets.UTF_8);
    }
  }

  /**
   * A text that has links or mentions, perhaps.
   *
   * @param onlyOfTweets whether it is never stripped but in tweets
   */
  private record Held(int column, boolean onlyOfTweets, Span span) {}

  /**
   * @param whose which interactions are stripped
   * @param rawContentColumn negative if nobody asks for the raw content
   */
  HeldTexts(Stripping.Whose whose, int rawContentColumn) {
    this.whose = whose;
    this.rawContentColumn = rawContentColumn;
  }

  /** Reads what the record says about its texts; asked for once at most. */
  @FunctionalInterface
  interface EntitySource {
    Map<String, TextEntities> read() throws IOException;
  }

  /** Begins with another interaction. */
  void clear() {
    held.clear();
    contents.clear();
    isTweet = false;
    hasRawContent = false;
  }

  void type(String type) {
    isTweet |= type.equals(Stripping.TWITTER);
  }

  /** Notes a content, from which the raw content is made if there is none. */
  void content(Span span) {
    if (rawContentColumn >= 0) {
      contents.add(span);
    }
  }

  void rawContent() {
    hasRawContent = true;
  }

  /**
   * Takes a text of a content target.
   *
   * @param role of the target
   * @return false if it can be handed over as it is, at once
   */
  boolean hold(int column, TargetTree.Role role, byte[] raw, Span span) {
    // Behind one that is held, others wait too: values come in the order of the text.
    if (held.isEmpty()
        && !span.hasEscapes()
        && !LinksAndMentions.mayBeIn(raw, span.from(), span.to())) {
      return false;
    }
    held.add(new Held(column, role == TargetTree.Role.TWEET_TEXT, span));
    return true;
  }

  /** Hands everything over, at the end of the interaction. */
  void release(byte[] raw, EntitySource entities, Shredder.Sink sink) throws IOException {
    if (!hasRawContent) {
      contents.forEach(span -> hand(rawContentColumn, raw, span, sink));
    }
    Map<String, TextEntities> known = null;
    for (Held text : held) {
      if (isTweet || (whose == Stripping.Whose.ALL && !text.onlyOfTweets())) {
        known = known == null ? entities.read() : known;
        String whole = text.span().text(raw);
        TextEntities said = known.getOrDefault(whole, TextEntities.NONE);
        byte[] stripped =
            Characters.whole(LinksAndMentions.without(whole, said))
                .getBytes(StandardCharsets.UTF_8);
        sink.text(text.column(), stripped, 0, stripped.length);
      } else {
        hand(text.column(), raw, text.span(), sink);
      }
    }
  }

  private void hand(int column, byte[] raw, Span span, Shredder.Sink sink) {
    if (span.hasEscapes()) {
      unescaped.set(raw, span.from(), span.to());
      sink.text(column, unescaped.bytes(), 0, unescaped.length());
    } else {
      sink.text(column, raw, span.from(), span.to());
    }
  }
}
