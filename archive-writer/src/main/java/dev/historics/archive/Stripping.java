package dev.historics.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Whose content targets rules see without links and mentions: how the interactions of one source
 * are read. The JSON itself, and what is delivered, keeps them.
 *
 * <p>Of an interaction whose {@code interaction.type} is {@code twitter}, the targets {@code
 * interaction.content}, {@code twitter.text} and {@code twitter.retweet.text} are stripped; of any
 * other, if its source asks for it, {@code interaction.content} is. Each link and each mention
 * becomes one space.
 *
 * <p>Which they are is what the record says itself: the {@code indices} of {@code urls}, {@code
 * media} and {@code user_mentions} in an object as Twitter's API version 1.1 gave it, for the
 * string {@code text} or {@code full_text} that stands beside this object, and so for any target
 * with the same text. Where there are none of a kind, or some of them do not fit the text, the
 * text's own looks decide, see {@link LinksAndMentions}.
 *
 * @param whose the interactions that are stripped
 * @param entities paths of objects with offsets, such as {@code twitter.extended_tweet.entities}:
 *     keys as they are spelled, from the top of the interaction
 */
public record Stripping(Whose whose, List<String> entities) {
  /** Interactions that are stripped. */
  public enum Whose {
    /** Those of type {@code twitter}. */
    TWEETS,
    /** All of the source, and the texts that only tweets have if they are of type twitter. */
    ALL
  }

  /** Of sources that ask for nothing: tweets are stripped, whatever source they are in. */
  public static final Stripping STANDARD =
      new Stripping(
          Whose.TWEETS,
          List.of(
              "twitter.entities",
              "twitter.extended_tweet.entities",
              "twitter.retweeted_status.entities",
              "twitter.retweeted_status.extended_tweet.entities"));

  static final String CONTENT = "interaction.content";
  static final String RAW_CONTENT = "interaction.raw_content";
  static final String TYPE = "interaction.type";

  /** What tweets have besides {@link #CONTENT}. */
  static final Set<String> TWEET_TEXTS = Set.of("twitter.text", "twitter.retweet.text");

  /** The value of {@link #TYPE} that tweets have. */
  static final String TWITTER = "twitter";

  /** To be raised whenever the same interaction gives another text than before. */
  private static final int VERSION = 1;

  public Stripping {
    Objects.requireNonNull(whose);
    entities = List.copyOf(entities);
    for (String path : entities) {
      if (!path.matches("[^.]+(\\.[^.]+)+")) {
        throw new IllegalArgumentException(
            "expected a path such as 'twitter.entities', got '%s'".formatted(path));
      }
    }
  }

  /**
   * Of a source that asks for it: every interaction is stripped.
   *
   * @param entities paths of objects with offsets, besides those of {@link #STANDARD}
   */
  public static Stripping all(List<String> entities) {
    List<String> paths = new ArrayList<>(STANDARD.entities);
    entities.stream().filter(path -> !paths.contains(path)).forEach(paths::add);
    return new Stripping(Whose.ALL, paths);
  }

  /**
   * A line that differs between two ways of making content. A stored column that was made in
   * another way than its reader's must not be read.
   */
  public String fingerprint() {
    return VERSION + " " + whose + " " + String.join(" ", entities);
  }

  /** Whether the values of {@code target} hang on how content is made. */
  public static boolean concerns(String target) {
    return target.equals(CONTENT) || target.equals(RAW_CONTENT) || TWEET_TEXTS.contains(target);
  }
}
