package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Cutting;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import dev.historics.filter.text.PhraseAutomaton;
import dev.historics.filter.text.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether any, or all, of some phrases stand in a text: a look at the raw bytes, then, for a text
 * that may have them, one pass over its words.
 */
final class PhraseTest implements TextTest {
  /** Up to so many literals are searched for one by one. */
  static final int SEARCHES_MAX = 6;

  private final ByteFilter filter;
  private final PhraseAutomaton automaton;
  private final Folding folding;
  private final Words words;
  private final boolean[] found;

  /** How many different phrases have to be found. */
  private final int wanted;

  PhraseTest(WordCheck.Phrases check) {
    boolean all = check.wanted() == WordCheck.Wanted.ALL;
    List<List<String>> phrases =
        all ? PhraseAutomaton.withoutImplied(check.phrases()) : check.phrases();
    this.filter = all ? forAll(phrases, check.cutting()) : forAny(phrases, check.cutting());
    this.automaton = new PhraseAutomaton(phrases);
    this.folding = check.cutting().folding();
    this.words = new Words(check.cutting());
    this.found = new boolean[phrases.size()];
    this.wanted = all ? phrases.size() : 1;
  }

  /** Lets a text pass that may hold all of the phrases. */
  static ByteFilter forAll(List<List<String>> phrases, Cutting cutting) {
    return ByteFilter.all(
        phrases.stream().map(phrase -> ByteFilter.forPhrase(phrase, cutting)).toList());
  }

  private static ByteFilter forAny(List<List<String>> phrases, Cutting cutting) {
    return phrases.size() <= SEARCHES_MAX
        ? ByteFilter.any(
            phrases.stream().map(phrase -> ByteFilter.forPhrase(phrase, cutting)).toList())
        : ByteFilter.forAnyWord(phrases.stream().map(phrase -> phrase.get(0)).toList(), cutting);
  }

  @Override
  public Optional<LiteralSearch> literal() {
    return filter.literal();
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    if (!filter.mayHold(bytes, start, length)) {
      return false;
    }
    Arrays.fill(found, false);
    int missing = wanted;
    int state = PhraseAutomaton.START;
    words.start(folding.fold(bytes, start, length));
    while (missing > 0 && words.next()) {
      state = automaton.step(state, words);
      int phrase = automaton.phraseAt(state);
      if (phrase != PhraseAutomaton.NONE && !found[phrase]) {
        found[phrase] = true;
        missing--;
      }
    }
    return missing == 0;
  }
}
