package dev.historics.filter.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds many phrases in one pass over the words of a text, in time that does not depend on how many
 * they are (Aho and Corasick, 1975, with words for letters). Immutable; shared by threads.
 */
public final class PhraseAutomaton {
  /** The state before the first word. */
  public static final int START = 0;

  /** What {@link #phraseAt} says where no phrase ends. */
  public static final int NONE = -1;

  private final WordTable table = new WordTable();
  private final Edges edges = new Edges();

  /** Of each state: the one for its longest proper end that starts a phrase. */
  private int[] shorter = new int[16];

  /** Of each state: the longest phrase that ends there. */
  private int[] phrases = new int[16];

  private int states = 1;

  /** Finds these phrases, each of which has at least one word. */
  public PhraseAutomaton(List<List<String>> wanted) {
    phrases[START] = NONE;
    int[][] paths = new int[wanted.size()][];
    int[][] words = new int[wanted.size()][];
    for (int p = 0; p < paths.length; p++) {
      words[p] = wanted.get(p).stream().mapToInt(table::add).toArray();
      paths[p] = path(words[p]);
      int last = paths[p][words[p].length - 1];
      phrases[last] = phrases[last] == NONE ? p : phrases[last];
    }
    link(paths, words);
  }

  /** The states that a phrase goes through. */
  private int[] path(int[] words) {
    if (words.length == 0) {
      throw new IllegalArgumentException("a phrase needs at least one word");
    }
    int[] path = new int[words.length];
    int state = START;
    for (int i = 0; i < words.length; i++) {
      int next = edges.get(state, words[i]);
      if (next == Edges.NONE) {
        next = addState();
        edges.put(state, words[i], next);
      }
      state = next;
      path[i] = state;
    }
    return path;
  }

  private int addState() {
    if (states == phrases.length) {
      phrases = Arrays.copyOf(phrases, states * 2);
      shorter = Arrays.copyOf(shorter, states * 2);
    }
    phrases[states] = NONE;
    shorter[states] = NONE;
    return states++;
  }

  /** Links the states of one depth after the other, so that those of shorter ends are linked. */
  private void link(int[][] paths, int[][] words) {
    int[] open = new int[paths.length];
    int count = paths.length;
    Arrays.setAll(open, p -> p);
    for (int depth = 0; count > 0; depth++) {
      int deeper = 0;
      for (int i = 0; i < count; i++) {
        int p = open[i];
        if (depth < paths[p].length) {
          link(paths[p][depth], depth == 0 ? START : paths[p][depth - 1], words[p][depth]);
          open[deeper] = p;
          deeper++;
        }
      }
      count = deeper;
    }
  }

  private void link(int state, int parent, int word) {
    if (shorter[state] == NONE) {
      shorter[state] = parent == START ? START : step(shorter[parent], word);
      phrases[state] = phrases[state] == NONE ? phrases[shorter[state]] : phrases[state];
    }
  }

  private int step(int state, int word) {
    int from = state;
    int next = edges.get(from, word);
    while (next == Edges.NONE && from != START) {
      from = shorter[from];
      next = edges.get(from, word);
    }
    return next == Edges.NONE ? START : next;
  }

  /** The state after the word at which {@code words} stands. */
  public int step(int state, Words words) {
    int word = table.find(words.text(), words.start(), words.end());
    return word == WordTable.NONE ? START : step(state, word);
  }

  /**
   * The longest phrase that ends where a state is, as its place in the list; of equal phrases, the
   * first. {@link #NONE} if none ends there.
   */
  public int phraseAt(int state) {
    return phrases[state];
  }

  /**
   * The phrases that do not stand inside another one, each once: where all of these stand, all of
   * the list do.
   */
  public static List<List<String>> withoutImplied(List<List<String>> phrases) {
    PhraseAutomaton automaton = new PhraseAutomaton(phrases);
    boolean[] implied = new boolean[phrases.size()];
    for (int p = 0; p < implied.length; p++) {
      automaton.markInside(phrases.get(p), p, implied);
    }
    return IntStream.range(0, implied.length)
        .filter(p -> !implied[p])
        .mapToObj(phrases::get)
        .toList();
  }

  /** Marks the longest phrase that ends at each word; what stands in that, it marks itself. */
  private void markInside(List<String> phrase, int p, boolean[] implied) {
    int state = START;
    for (int i = 0; i < phrase.size(); i++) {
      String word = phrase.get(i);
      state = step(state, table.find(word, 0, word.length()));
      boolean whole = i == phrase.size() - 1;
      int inside = phrases[whole ? shorter[state] : state];
      if (inside != NONE) {
        implied[inside] = true;
      }
      implied[p] |= whole && phrases[state] != p;
    }
  }

  /** From a state with a word to a state. */
  private static final class Edges {
    static final int NONE = -1;

    private long[] keys = new long[32];
    private int[] targets = new int[32];
    private int size;

    Edges() {
      Arrays.fill(targets, NONE);
    }

    int get(int state, int word) {
      return targets[slot(key(state, word))];
    }

    void put(int state, int word, int target) {
      if (2 * (size + 1) > keys.length) {
        grow();
      }
      set(key(state, word), target);
      size++;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldTargets = targets;
      keys = new long[oldKeys.length * 2];
      targets = new int[keys.length];
      Arrays.fill(targets, NONE);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldTargets[i] != NONE) {
          set(oldKeys[i], oldTargets[i]);
        }
      }
    }

    private void set(long key, int target) {
      int slot = slot(key);
      keys[slot] = key;
      targets[slot] = target;
    }

    private int slot(long key) {
      long mixed = key * 0x9E3779B97F4A7C15L;
      int slot = (int) (mixed >>> 32) & (keys.length - 1);
      while (targets[slot] != NONE && keys[slot] != key) {
        slot = (slot + 1) & (keys.length - 1);
      }
      return slot;
    }

    private static long key(int state, int word) {
      return ((long) state << 32) | word;
    }
  }
}
