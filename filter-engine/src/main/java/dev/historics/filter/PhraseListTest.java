package dev.historics.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether any of many phrases stands in a text. The text is cut into words once; a text that is all
 * ASCII is cut only when the hash of one of its words is the hash of a word that is looked for.
 */
final class PhraseListTest implements TextTest {
  private final Map<String, List<List<String>>> byFirstWord = new HashMap<>();
  private final AsciiHashes hashes;
  private final Folding folding;
  private final Words words = new Words();

  PhraseListTest(Check.Phrases check) {
    this.folding = check.folding();
    this.hashes = new AsciiHashes(check.phrases().size());
    for (List<String> phrase : check.phrases()) {
      byFirstWord.computeIfAbsent(phrase.get(0), first -> new ArrayList<>()).add(phrase);
      hashes.add(phrase.get(0));
    }
  }

  @Override
  public boolean test(byte[] bytes, int start, int length) {
    if (!mayHold(bytes, start, length)) {
      return false;
    }
    words.cut(folding.fold(bytes, start, length));
    for (int word = 0; word < words.count(); word++) {
      for (List<String> phrase : byFirstWord.getOrDefault(words.word(word), List.of())) {
        if (words.standsAt(word, phrase)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayHold(byte[] bytes, int start, int length) {
    int end = start + length;
    int hash = AsciiHashes.EMPTY;
    boolean found = false;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b < 0) {
        return true;
      }
      if (Words.isRegular((char) b)) {
        hash = AsciiHashes.append(hash, b, folding);
      } else {
        found |= hashes.mayHold(hash);
        found |= hashes.mayHold(AsciiHashes.append(AsciiHashes.EMPTY, b, folding));
        hash = AsciiHashes.EMPTY;
      }
    }
    return found || hashes.mayHold(hash);
  }
}
