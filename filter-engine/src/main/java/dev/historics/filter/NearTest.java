package dev.historics.filter;

import dev.historics.filter.text.ByteFilter;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import dev.historics.filter.text.PhraseAutomaton;
import dev.historics.filter.text.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether all items stand within some window of consecutive words, in one pass over the words.
 *
 * <p>An item that stands inside of another one need not be looked for. So those that are end at
 * different words, in the order in which they start, and the one seen longest ago starts the
 * smallest window that ends at a word.
 */
final class NearTest implements TextTest {
  private final ByteFilter filter;
  private final PhraseAutomaton automaton;
  private final Folding folding;
  private final Words words;
  private final int span;
  private final int[] lengths;

  /** Of each item: the word at which it was last seen to start. */
  private final int[] starts;

  /** A ring of the items that were seen, oldest first, with the number of items for its head. */
  private final int[] older;

  private final int[] newer;
  private int missing;

  NearTest(WordCheck.Near check) {
    List<List<String>> items = PhraseAutomaton.withoutImplied(check.words());
    this.filter = PhraseTest.forAll(items, check.cutting());
    this.automaton = new PhraseAutomaton(items);
    this.folding = check.cutting().folding();
    this.words = new Words(check.cutting());
    this.span = check.span();
    this.lengths = items.stream().mapToInt(List::size).toArray();
    this.starts = new int[items.size()];
    this.older = new int[items.size() + 1];
    this.newer = new int[items.size() + 1];
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
    clear();
    int state = PhraseAutomaton.START;
    words.start(folding.fold(bytes, start, length));
    for (int word = 0; words.next(); word++) {
      state = automaton.step(state, words);
      int item = automaton.phraseAt(state);
      if (item != PhraseAutomaton.NONE) {
        see(item, word - lengths[item] + 1);
        if (missing == 0 && word - starts[newer[head()]] < span) {
          return true;
        }
      }
    }
    return false;
  }

  private int head() {
    return starts.length;
  }

  private void clear() {
    missing = starts.length;
    Arrays.fill(starts, -1);
    older[head()] = head();
    newer[head()] = head();
  }

  /** Makes an item the newest. */
  private void see(int item, int start) {
    if (starts[item] < 0) {
      missing--;
    } else {
      newer[older[item]] = newer[item];
      older[newer[item]] = older[item];
    }
    starts[item] = start;
    older[item] = older[head()];
    newer[item] = head();
    newer[older[head()]] = item;
    older[head()] = item;
  }
}
