package dev.historics.archive.json;

import dev.historics.archive.json.JsonTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON texts that are alike but for their scalars: strings, numbers and words. What stands
 * between two of these is compared as a whole with what stood there in texts before; so no key is
 * looked at twice. Owned by one thread.
 *
 * <p>Texts with the same bytes between their scalars have the same shape. Shapes are kept as a
 * tree, a step for each stretch up to the next scalar. Where texts have ever new shapes, no more
 * are taken in, and after some time none is looked for.
 */
public final class JsonShapes {
  private static final int SHAPES_MAX = 1024;
  private static final int STEPS_MAX = 1 << 15;
  private static final int TEXT_BYTES_MAX = 1 << 23;

  /** Of a text with more scalars, no shape is taken in. */
  private static final int SCALARS_MAX = 1024;

  /** Nor of one that goes on from some scalar in yet another way. */
  private static final int WAYS_MAX = 64;

  /** After so many texts, a quarter of them must have had a known shape. */
  private static final int TRIED = 4096;

  private static final byte[][] WORDS = {
    "true".getBytes(StandardCharsets.US_ASCII),
    "false".getBytes(StandardCharsets.US_ASCII),
    "null".getBytes(StandardCharsets.US_ASCII)
  };
  private static final Token[] WORD_KINDS = {Token.TRUE, Token.FALSE, Token.NULL};

  private final JsonTokens tokens = new JsonTokens();
  private final Step start = new Step(new byte[0]);
  private int shapes;
  private int steps;
  private int textBytes;
  private int tried;
  private int known;
  private int count;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private Token[] kinds = new Token[32];
  private boolean[] escapes = new boolean[32];

  /**
   * All of a text but its scalars.
   *
   * @param number from 0 on, in the order in which shapes were met
   */
  public record Shape(int number) {}

  /** The text up to the next scalar, or to the end. */
  private static final class Step {
    private final byte[] text;
    private Step[] ways = new Step[0];
    private int last;
    private Shape end;

    Step(byte[] text) {
      this.text = text;
    }

    boolean standsIn(byte[] json, int at) {
      return json.length - at >= text.length
          && Arrays.equals(json, at, at + text.length, text, 0, text.length);
    }
  }

  /**
   * The shape of a text in UTF-8, whose scalars can then be asked for.
   *
   * @return null if it is not known and will not be, or if the text is not JSON
   */
  public Shape read(byte[] json) {
    if (tried >= TRIED && known < tried / 4) {
      return null;
    }
    tried++;
    Shape shape = find(json);
    if (shape != null) {
      known++;
      return shape;
    }
    boolean hasRoom =
        shapes < SHAPES_MAX && steps < STEPS_MAX && json.length <= TEXT_BYTES_MAX - textBytes;
    return hasRoom ? learn(json) : null;
  }

  private Shape find(byte[] json) {
    count = 0;
    Step step = start;
    int at = 0;
    while (true) {
      step = next(step, json, at);
      if (step == null || step.end != null) {
        return step == null ? null : step.end;
      }
      at = ends[count - 1];
    }
  }

  /** How the text goes on behind a step; the scalar there is noted. Null if it never did so. */
  private Step next(Step step, byte[] json, int at) {
    Step[] ways = step.ways;
    if (ways.length > 0 && goes(ways[step.last], json, at)) {
      return ways[step.last];
    }
    for (int way = 0; way < ways.length; way++) {
      if (way != step.last && goes(ways[way], json, at)) {
        step.last = way;
        return ways[way];
      }
    }
    return null;
  }

  private boolean goes(Step way, byte[] json, int at) {
    if (!way.standsIn(json, at)) {
      return false;
    }
    int next = at + way.text.length;
    if (way.end != null) {
      return next == json.length;
    }
    if (next == json.length) {
      return false;
    }
    boolean isString = way.text.length > 0 && way.text[way.text.length - 1] == '"';
    return isString ? string(json, next) : (number(json, next) || word(json, next));
  }

  private boolean string(byte[] json, int from) {
    int plain = StringBytes.special(json, from, json.length);
    boolean hasEscapes = plain < json.length && json[plain] == '\\';
    int end = Scalars.stringEnd(json, plain, json.length);
    if (end >= 0) {
      note(Token.STRING, from, end, hasEscapes);
    }
    return end >= 0;
  }

  private boolean number(byte[] json, int from) {
    int end = Scalars.numberEnd(json, from, json.length);
    if (end >= 0) {
      note(Token.NUMBER, from, end, false);
    }
    return end >= 0;
  }

  private boolean word(byte[] json, int from) {
    for (int word = 0; word < WORDS.length; word++) {
      int end = from + WORDS[word].length;
      if (end <= json.length
          && Arrays.equals(json, from, end, WORDS[word], 0, WORDS[word].length)) {
        note(WORD_KINDS[word], from, end, false);
        return true;
      }
    }
    return false;
  }

  private void note(Token kind, int from, int to, boolean hasEscapes) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
      escapes = Arrays.copyOf(escapes, 2 * count);
    }
    kinds[count] = kind;
    starts[count] = from;
    ends[count] = to;
    escapes[count++] = hasEscapes;
  }

  private Shape learn(byte[] json) {
    count = 0;
    tokens.resetUtf8(json, 0, json.length);
    try {
      for (Token token = tokens.next(); token != Token.END; token = tokens.next()) {
        if (token.isScalar()) {
          note(token, tokens.from(), tokens.to(), tokens.hasEscapes());
        }
      }
    } catch (IOException e) {
      // Who reads it token by token will say what is wrong.
      return null;
    }
    Step step = start;
    int at = 0;
    for (int scalar = 0; scalar < count && step != null; scalar++) {
      step = way(step, json, at, starts[scalar]);
      at = ends[scalar];
    }
    Step end = step == null ? null : way(step, json, at, json.length);
    if (end == null) {
      return null;
    }
    end.end = new Shape(shapes++);
    return end.end;
  }

  /** The step behind another that is this text, made if it is not there; null if it cannot be. */
  private Step way(Step step, byte[] json, int from, int to) {
    for (Step way : step.ways) {
      if (way.end == null && Arrays.equals(way.text, 0, way.text.length, json, from, to)) {
        return way;
      }
    }
    if (step.ways.length == WAYS_MAX || count > SCALARS_MAX) {
      return null;
    }
    Step way = new Step(Arrays.copyOfRange(json, from, to));
    step.ways = Arrays.copyOf(step.ways, step.ways.length + 1);
    step.ways[step.ways.length - 1] = way;
    steps++;
    textBytes += way.text.length;
    return way;
  }

  /** How many scalars the last text had that had a shape. */
  public int count() {
    return count;
  }

  /** What the scalar is, counted from 0: a string, a number or a word. */
  public Token kind(int scalar) {
    return kinds[scalar];
  }

  /** Where it starts, behind the quote of a string. */
  public int from(int scalar) {
    return starts[scalar];
  }

  /** Where it ends, before the quote of a string. */
  public int to(int scalar) {
    return ends[scalar];
  }

  /** Whether there is a backslash in a string. */
  public boolean hasEscapes(int scalar) {
    return escapes[scalar];
  }
}
