package dev.historics.archive.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Writes the posts of one day. Owned by one thread. */
final class Pen {
  private static final int HOT_TAGS = 4;
  private static final List<Fragment> EMOJI =
      List.of(
          Fragment.of("😂"),
          Fragment.of("❤️"),
          Fragment.of("😍"),
          Fragment.of("🙏"),
          Fragment.of("👍🏽"),
          Fragment.of("🔥"),
          Fragment.of("🇪🇺"),
          Fragment.of("👩‍👩‍👧"),
          Fragment.of("☕"));
  private static final List<Fragment> ENDS =
      List.of(
          Fragment.of("."),
          Fragment.of("!"),
          Fragment.of("?"),
          Fragment.of("..."),
          Fragment.of("\\n"),
          Fragment.of(" \\\"ok\\\""),
          Fragment.of(" &amp; co"));

  private final World world;
  private final Dice dice;
  private final List<String> hotTags = new ArrayList<>();
  private final Line content = new Line();
  private final Line hashtags = new Line();
  private final Line mentions = new Line();
  private final Line mentionIds = new Line();
  private final Line urls = new Line();
  private final Line domains = new Line();

  Pen(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
    for (int i = 0; i < HOT_TAGS; i++) {
      hotTags.add(world.tag(dice, true));
    }
  }

  /** Something new, under the number that the source gives it. */
  Post post(long number) {
    Author author = world.author(dice);
    for (Line line : List.of(content, hashtags, mentions, mentionIds, urls, domains)) {
      line.clear();
    }
    if (dice.chance(250)) {
      mention();
    }
    words(author.language());
    if (dice.chance(150)) {
      for (int left = dice.chance(300) ? 2 : 1; left > 0; left--) {
        hashtag();
      }
    }
    if (dice.chance(200)) {
      link();
    }
    if (dice.chance(90)) {
      content.add(' ').add(EMOJI.get(dice.below(EMOJI.size())));
    }
    return new Post(author, number, content.copy(), entities(), urls.copy(), domains.copy());
  }

  private void mention() {
    Author other = world.author(dice);
    content.add('@').add(other.username()).add(' ');
    mentions.add('"').add(other.username()).add('"');
    mentionIds.add(other.id());
  }

  private void words(Language language) {
    int count = 3 + Math.min(dice.below(12), dice.below(24));
    for (int i = 0; i < count; i++) {
      if (i > 0 && language.isSpaced()) {
        content.add(' ');
      }
      int rank = world.wordRank(dice);
      content.add(i == 0 ? language.capitalisedWord(rank) : language.word(rank));
    }
    if (dice.chance(400)) {
      content.add(ENDS.get(dice.below(ENDS.size())));
    }
  }

  private void hashtag() {
    String tag = dice.chance(300) ? hotTags.get(dice.below(HOT_TAGS)) : world.tag(dice, false);
    content.add(" #").add(tag);
    if (hashtags.length() > 0) {
      hashtags.add(',');
    }
    hashtags.add('"').add(tag).add('"');
  }

  private void link() {
    String domain = world.domainOf(dice);
    int page = dice.below(1_000_000);
    content.add(" http://").add(domain).add('/').add(page);
    urls.add("\"http://").add(domain).add('/').add(page).add('"');
    domains.add('"').add(domain).add('"');
  }

  private Fragment entities() {
    Line members = new Line();
    if (hashtags.length() > 0) {
      members.add(",\"hashtags\":[").add(hashtags).add(']');
    }
    if (mentions.length() > 0) {
      members.add(",\"mentions\":[").add(mentions).add(']');
      members.add(",\"mention_ids\":[").add(mentionIds).add(']');
    }
    return members.copy();
  }
}
