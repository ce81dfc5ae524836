package dev.historics.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The texts of one interaction that cannot be handed over before its end, because its type may
 * stand behind them. Owned by one thread, for one interaction.
 */
final class HeldTexts {
  private final Stripping.Whose whose;
  private final int rawContentColumn;
  private final List<Held> held = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private boolean isTweet;
  private boolean hasRawContent;

  /**
   * A text that has links or mentions, perhaps.
   *
   * @param onlyOfTweets whether it is never stripped but in tweets
   */
  private record Held(int column, boolean onlyOfTweets, String text) {}

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

  void type(String type) {
    isTweet |= type.equals(Stripping.TWITTER);
  }

  /** Notes a content, from which the raw content is made if there is none. */
  void content(String text) {
    if (rawContentColumn >= 0) {
      contents.add(text);
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
  boolean hold(int column, TargetTree.Role role, String text) {
    // Behind one that is held, others wait too: values come in the order of the text.
    if (held.isEmpty() && !LinksAndMentions.mayBeIn(text)) {
      return false;
    }
    held.add(new Held(column, role == TargetTree.Role.TWEET_TEXT, text));
    return true;
  }

  /** Hands everything over, at the end of the interaction. */
  void release(EntitySource entities, Shredder.Sink sink) throws IOException {
    if (!hasRawContent) {
      contents.forEach(text -> sink.text(rawContentColumn, text));
    }
    Map<String, TextEntities> known = null;
    for (Held text : held) {
      if (isTweet || (whose == Stripping.Whose.ALL && !text.onlyOfTweets())) {
        known = known == null ? entities.read() : known;
        TextEntities said = known.getOrDefault(text.text(), TextEntities.NONE);
        sink.text(text.column(), LinksAndMentions.without(text.text(), said));
      } else {
        sink.text(text.column(), text.text());
      }
    }
  }
}
