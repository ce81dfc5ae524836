package dev.historics.filter.text;

import java.util.Collection;

/**
 * Looks for any of many words. A text that is all ASCII passes when it has one of them; their
 * hashes say quickly that it has none.
 */
final class WordListFilter implements ByteFilter {
  private final TextSet words;
  private final AsciiHashes hashes;
  private final Folding folding;
  private final CharacterKinds kinds;

  WordListFilter(Collection<String> words, Cutting cutting) {
    this.words = TextSet.of(words);
    this.hashes = new AsciiHashes(words.size());
    this.folding = cutting.folding();
    this.kinds = CharacterKinds.of(cutting);
    words.forEach(hashes::add);
  }

  @Override
  public boolean mayHold(byte[] bytes, int start, int length) {
    int end = start + length;
    int word = start;
    int hash = AsciiHashes.EMPTY;
    boolean found = false;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b < 0) {
        return true;
      }
      byte folded = folding.fold(b);
      if (kinds.of(folded) == CharacterKinds.REGULAR) {
        hash = AsciiHashes.append(hash, folded);
      } else {
        found |= holds(hash, bytes, word, i);
        found |= holds(AsciiHashes.append(AsciiHashes.EMPTY, folded), bytes, i, i + 1);
        hash = AsciiHashes.EMPTY;
        word = i + 1;
      }
    }
    return found || holds(hash, bytes, word, end);
  }

  private boolean holds(int hash, byte[] bytes, int start, int end) {
    return hashes.mayHold(hash) && words.containsAscii(bytes, start, end - start, folding);
  }
}
