package dev.historics.filter;

import java.util.List;

/**
 * Whether any, or all, of a few phrases stand in a text: a search for a literal of each in the raw
 * bytes, then, for a text that has it, the words.
 */
final class PhraseTest implements TextTest {
  private final List<List<String>> phrases;
  private final ByteFilter[] filters;
  private final boolean all;
  private final Folding folding;
  private final Words words = new Words();

  PhraseTest(Check.Phrases check) {
    this.phrases = check.phrases();
    this.filters =
        phrases.stream()
            .map(phrase -> ByteFilter.forPhrase(phrase, check.folding()))
            .toArray(ByteFilter[]::new);
    this.all = check.wanted() == Check.Wanted.ALL;
    this.folding = check.folding();
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    boolean cut = false;
    for (int i = 0; i < filters.length; i++) {
      boolean hit = filters[i].mayHold(bytes, start, length);
      if (hit) {
        if (!cut) {
          words.cut(folding.fold(bytes, start, length));
          cut = true;
        }
        hit = words.contains(phrases.get(i));
      }
      if (hit != all) {
        return hit;
      }
    }
    return all;
  }
}
