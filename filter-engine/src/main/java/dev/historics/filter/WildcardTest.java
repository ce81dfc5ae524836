package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.Glob;
import dev.historics.filter.text.Words;
import java.util.Arrays;
import java.util.List;

/**
 * Whether any of some phrases of patterns stands in a text: a search for a literal of each in the
 * raw bytes, then, for those that are left, one pass over the words.
 */
final class WildcardTest implements TextTest {
  private final Search[] searches;
  private final Search[] left;
  private final Folding folding;
  private final Words words;

  WildcardTest(WordCheck.Wildcards check) {
    this.searches =
        check.patterns().stream()
            .map(phrase -> new Search(phrase, check.cutting()))
            .toArray(Search[]::new);
    this.left = new Search[searches.length];
    this.folding = check.cutting().folding();
    this.words = new Words(check.cutting());
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    int count = 0;
    for (Search search : searches) {
      if (search.filter.mayHold(bytes, start, length)) {
        search.clear();
        left[count] = search;
        count++;
      }
    }
    if (count == 0) {
      return false;
    }
    words.start(folding.fold(bytes, start, length));
    while (words.next()) {
      for (int i = 0; i < count; i++) {
        if (left[i].endsAt(words)) {
          return true;
        }
      }
    }
    return false;
  }

  /** How far one phrase has come at the words so far. */
  private static final class Search {
    private final Glob[] globs;
    private final ByteFilter filter;

    /** Whether the first patterns, up to this one, match the last words. */
    private final boolean[] reached;

    Search(List<Glob> phrase, Cutting cutting) {
      this.globs = phrase.toArray(Glob[]::new);
      this.filter = ByteFilter.forGlobs(phrase, cutting);
      this.reached = new boolean[globs.length];
    }

    void clear() {
      Arrays.fill(reached, false);
    }

    /** Goes on to the next word; true if the phrase ends there. */
    boolean endsAt(Words words) {
      for (int i = globs.length - 1; i >= 0; i--) {
        reached[i] =
            (i == 0 || reached[i - 1])
                && globs[i].matches(words.text(), words.start(), words.end());
      }
      return reached[globs.length - 1];
    }
  }
}
