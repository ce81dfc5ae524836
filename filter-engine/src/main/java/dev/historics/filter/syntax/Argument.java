package dev.historics.filter.syntax;

import java.math.BigDecimal;
import java.util.List;

/** What stands after an operator. */
public sealed interface Argument {
  /** Where it stands; empty after the operator when there is none. */
  Span span();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of argument. */
  interface Cases<R> {
    R none(None none);

    R text(Text text);

    R items(Items items);

    R near(Near near);

    R patterns(Patterns patterns);

    R number(Numeral number);

    R integers(Integers integers);

    R points(Points points);

    R circle(Circle circle);
  }

  /** Nothing, as after {@code exists}. */
  record None(Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.none(this);
    }
  }

  /**
   * A text, escapes resolved.
   *
   * @param escaped which of its characters were written as an escape: ascending UTF-16 offsets
   * @param span from quote to quote
   */
  record Text(String value, List<Integer> escaped, Span span) implements Argument {
    public Text {
      escaped = List.copyOf(escaped);
    }

    /** Where the characters {@code [start, end)} stand in the rule; the whole text if none do. */
    public Span inside(int start, int end) {
      return start < end ? new Span(place(start), place(end)) : span;
    }

    private int place(int offset) {
      long before = escaped.stream().filter(at -> at < offset).count();
      return span.start() + 1 + offset + (int) before;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.text(this);
    }
  }

  /** A text that is a list: its items, trimmed; possibly none. */
  record Items(List<String> values, Span span) implements Argument {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.items(this);
    }
  }

  /**
   * Two or more items and in how many words they must stand together.
   *
   * @param words the window, at least 1
   */
  record Near(List<String> items, int words, Span span) implements Argument {
    public Near {
      items = List.copyOf(items);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.near(this);
    }
  }

  /** A list of texts with wildcards; possibly none. */
  record Patterns(List<Pattern> values, Span span) implements Argument {
    public Patterns {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.patterns(this);
    }
  }

  /**
   * A text with wildcards.
   *
   * @param text escapes resolved
   * @param wildcards where a {@code *} or {@code ?} stands that was not escaped: ascending UTF-16
   *     offsets
   */
  record Pattern(String text, List<Integer> wildcards) {
    public Pattern {
      wildcards = List.copyOf(wildcards);
    }
  }

  /** A number, exactly as it was written. */
  record Numeral(BigDecimal value, Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.number(this);
    }
  }

  /** A list of whole numbers; at least one. */
  record Integers(List<Long> values, Span span) implements Argument {
    public Integers {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.integers(this);
    }
  }

  /** A point, in degrees north and east as they were written. */
  record Point(BigDecimal latitude, BigDecimal longitude) {}

  /** The two corners of a box, or the vertices of a polygon. */
  record Points(List<Point> values, Span span) implements Argument {
    public Points {
      values = List.copyOf(values);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.points(this);
    }
  }

  /** A centre, and a radius in kilometres. */
  record Circle(Point centre, BigDecimal radius, Span span) implements Argument {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.circle(this);
    }
  }
}
