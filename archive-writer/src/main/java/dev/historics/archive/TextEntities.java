package dev.historics.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a record says about links and mentions in one of its texts. Nothing of it is believed before
 * {@link #in} has compared it with the text.
 *
 * @param links of the kinds {@code urls} and {@code media}
 * @param isSound whether all of it could be read
 */
record TextEntities(List<Entity> links, List<Entity> mentions, boolean isSound) {
  /** Of a text that the record says nothing about. */
  static final TextEntities NONE = new TextEntities(List.of(), List.of(), true);

  TextEntities {
    links = List.copyOf(links);
    mentions = List.copyOf(mentions);
  }

  /**
   * One link or mention.
   *
   * @param start in code points, as {@code end}
   * @param url how a link is spelled in the text; empty for a mention
   */
  record Entity(int start, int end, String url) {}

  /**
   * Where all entities stand in a text, in chars, by their starts; empty if one does not fit it: is
   * not inside the text, is a link that is spelled in another way there, or a mention that does not
   * start with an at sign.
   */
  Optional<List<Span>> in(String text) {
    if (!isSound) {
      return Optional.empty();
    }
    Spans spans = new Spans(text);
    boolean fit =
        links.stream().allMatch(spans::addLink) && mentions.stream().allMatch(spans::addMention);
    return fit ? Optional.of(spans.sorted()) : Optional.empty();
  }

  /** A part of a text, in chars. */
  record Span(int start, int end) {}

  /** Spans of one text in the making. */
  private static final class Spans {
    private final String text;
    private final int[] charOf;
    private final List<Span> found = new ArrayList<>();

    Spans(String text) {
      this.text = text;
      this.charOf = charsOfCodePoints(text);
    }

    /** Where each code point starts, and the end. */
    private static int[] charsOfCodePoints(String text) {
      int[] charOf = new int[text.codePointCount(0, text.length()) + 1];
      int at = 0;
      for (int i = 0; i < charOf.length; i++) {
        charOf[i] = at;
        at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
      }
      return charOf;
    }

    boolean addLink(Entity link) {
      if (!isInside(link)) {
        return false;
      }
      int start = charOf[link.start()];
      int length = charOf[link.end()] - start;
      found.add(new Span(start, start + length));
      return length == link.url().length() && text.startsWith(link.url(), start);
    }

    boolean addMention(Entity mention) {
      if (!isInside(mention)) {
        return false;
      }
      int start = charOf[mention.start()];
      found.add(new Span(start, charOf[mention.end()]));
      return text.charAt(start) == '@' || text.charAt(start) == '＠';
    }

    private boolean isInside(Entity entity) {
      return entity.start() >= 0 && entity.start() < entity.end() && entity.end() < charOf.length;
    }

    List<Span> sorted() {
      found.sort(Comparator.comparingInt(Span::start));
      return found;
    }
  }
}
