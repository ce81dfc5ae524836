package dev.historics.filter.syntax;

import dev.historics.filter.syntax.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands after an operator. */
final class ArgumentParser {
  private static final BigDecimal VALUE_MAX = BigDecimal.valueOf(Double.MAX_VALUE);
  private static final BigDecimal LATITUDE_MAX = BigDecimal.valueOf(90);
  private static final BigDecimal LONGITUDE_MAX = BigDecimal.valueOf(180);
  private static final int SCALE_MAX = 400;
  private static final int VERTICES_MIN = 3;

  private final TokenCursor cursor;

  ArgumentParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The argument of {@code operator}; nothing if it was reported. */
  Optional<Argument> argument(Operator operator) {
    Token token = cursor.peek();
    if (operator.takes() == Operator.Takes.NOTHING) {
      int end = cursor.previous().span().end();
      nothingFollows(operator);
      return Optional.of(new Argument.None(new Span(end, end)));
    }
    if (operator.takes() == Operator.Takes.TEXT_OR_NUMBER && token.kind() == Kind.NUMBER) {
      return number(cursor.next()).map(value -> new Argument.Numeral(value, token.span()));
    }
    if (operator.takes() == Operator.Takes.LIST_OR_INTEGERS && token.is("[")) {
      return integers();
    }
    if (token.kind() != Kind.STRING) {
      return refused(operator);
    }
    return quoted(operator, cursor.next());
  }

  private void nothingFollows(Operator operator) {
    Token found = cursor.peek();
    if (found.kind() == Kind.STRING || found.kind() == Kind.NUMBER || found.is("[")) {
      cursor.problem(
          found,
          "'%s' takes nothing after it, found %s".formatted(operator.spelling(), found.shown()),
          "");
      cursor.synchronize();
    }
  }

  private Optional<Argument> refused(Operator operator) {
    Token found = cursor.peek();
    cursor.problem(
        found,
        "'%s' takes %s, found %s"
            .formatted(operator.spelling(), operator.takes().shown(), found.shown()),
        Hints.forArgument(operator, cursor));
    return Optional.empty();
  }

  private Optional<Argument> quoted(Operator operator, Token token) {
    QuotedText text = token.quoted();
    return switch (operator.takes()) {
      case TEXT, TEXT_OR_NUMBER ->
          Optional.of(new Argument.Text(text.text(), text.escapes(), token.span()));
      case LIST, LIST_OR_INTEGERS -> Optional.of(new Argument.Items(text.items(), token.span()));
      case PATTERNS -> Optional.of(new Argument.Patterns(text.patterns(), token.span()));
      case WORDS_AND_SPAN -> near(token);
      case CORNERS -> corners(token);
      case CIRCLE -> circle(token);
      case VERTICES -> vertices(token);
      case NOTHING -> throw new AssertionError(operator + " takes nothing");
    };
  }

  private Optional<Argument> near(Token token) {
    QuotedText text = token.quoted();
    int colon = text.lastPlain(':');
    if (colon < 0) {
      cursor.problem(
          token,
          "expected a colon and a number of words at the end, found neither",
          "for example: " + Operator.Takes.WORDS_AND_SPAN.example());
      return Optional.empty();
    }
    List<String> items = new ArrayList<>();
    for (QuotedText.Part part : text.parts(',', 0, colon)) {
      String item = text.text(part);
      if (item.chars().anyMatch(c -> Lexer.isBlank((char) c))) {
        cursor.problem(
            token.inside(part),
            "expected single words between the commas, found '%s'".formatted(Token.shorten(item)),
            "separate words by commas");
        return Optional.empty();
      }
      if (!item.isEmpty()) {
        items.add(item);
      }
    }
    if (items.size() < 2) {
      cursor.problem(token, "expected two or more words between commas, found " + items.size(), "");
      return Optional.empty();
    }
    return window(token, colon).map(words -> new Argument.Near(items, words, token.span()));
  }

  private Optional<Integer> window(Token token, int colon) {
    QuotedText text = token.quoted();
    QuotedText.Part part = text.trimmed(colon + 1, text.text().length());
    try {
      int words = Integer.parseInt(text.text(part));
      if (words >= 1) {
        return Optional.of(words);
      }
    } catch (NumberFormatException e) {
      // Reported below, as numbers out of range are.
    }
    cursor.problem(
        token.inside(part),
        "expected a whole number of words, 1 or more, after the colon, found "
            + shown(text.text(part)),
        "");
    return Optional.empty();
  }

  private Optional<Argument> corners(Token token) {
    return points(token)
        .flatMap(
            points -> {
              if (points.size() != 2) {
                cursor.problem(
                    token,
                    "expected two corners, found " + points.size(),
                    "upper left, then lower right: " + Operator.Takes.CORNERS.example());
                return Optional.empty();
              }
              return Optional.of(new Argument.Points(points, token.span()));
            });
  }

  private Optional<Argument> vertices(Token token) {
    return points(token)
        .flatMap(
            points -> {
              if (points.size() < VERTICES_MIN || points.size() > Parser.VERTICES_MAX) {
                cursor.problem(
                    token,
                    "expected %d to %d points, found %d"
                        .formatted(VERTICES_MIN, Parser.VERTICES_MAX, points.size()),
                    "for example: " + Operator.Takes.VERTICES.example());
                return Optional.empty();
              }
              return Optional.of(new Argument.Points(points, token.span()));
            });
  }

  private Optional<List<Argument.Point>> points(Token token) {
    QuotedText text = token.quoted();
    List<Argument.Point> points = new ArrayList<>();
    for (QuotedText.Part part : text.parts(':', 0, text.text().length())) {
      Optional<Argument.Point> point = point(token, part);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      points.add(point.get());
    }
    return Optional.of(points);
  }

  private Optional<Argument> circle(Token token) {
    QuotedText text = token.quoted();
    List<QuotedText.Part> parts = text.parts(':', 0, text.text().length());
    if (parts.size() != 2) {
      cursor.problem(
          token,
          "expected a centre, a colon and a radius, found "
              + (parts.size() < 2 ? "no colon" : parts.size() - 1 + " colons"),
          "the radius is in kilometres: " + Operator.Takes.CIRCLE.example());
      return Optional.empty();
    }
    return point(token, parts.get(0))
        .flatMap(
            centre ->
                radius(token, parts.get(1))
                    .map(radius -> new Argument.Circle(centre, radius, token.span())));
  }

  private Optional<BigDecimal> radius(Token token, QuotedText.Part part) {
    Optional<BigDecimal> radius = decimal(token, part, "a radius in kilometres");
    if (radius.isPresent() && radius.get().signum() <= 0) {
      cursor.problem(
          token.inside(part),
          "expected a radius above 0 kilometres, found " + token.quoted().text(part),
          "");
      return Optional.empty();
    }
    return radius;
  }

  private Optional<Argument.Point> point(Token token, QuotedText.Part part) {
    List<QuotedText.Part> degrees = token.quoted().parts(',', part.start(), part.end());
    if (degrees.size() != 2) {
      cursor.problem(
          token.inside(part),
          "expected a latitude, a comma and a longitude, found " + shown(token.quoted().text(part)),
          "for example: 51.4553,-0.9689");
      return Optional.empty();
    }
    return degrees(token, degrees.get(0), "latitude", LATITUDE_MAX, swapped(token, degrees))
        .flatMap(
            latitude ->
                degrees(token, degrees.get(1), "longitude", LONGITUDE_MAX, "")
                    .map(longitude -> new Argument.Point(latitude, longitude)));
  }

  /** A hint for a point whose latitude is out of range, if its longitude could be one. */
  private static String swapped(Token token, List<QuotedText.Part> degrees) {
    String second = token.quoted().text(degrees.get(1));
    boolean latitude =
        Lexer.isNumber(second)
            && decimal(second).filter(d -> d.abs().compareTo(LATITUDE_MAX) <= 0).isPresent();
    return latitude ? "the latitude comes first" : "";
  }

  private Optional<BigDecimal> degrees(
      Token token, QuotedText.Part part, String what, BigDecimal max, String hint) {
    Optional<BigDecimal> value = decimal(token, part, "a " + what + " in degrees");
    if (value.isPresent() && value.get().abs().compareTo(max) > 0) {
      cursor.problem(
          token.inside(part),
          "expected a %s from -%s to %s, found %s"
              .formatted(what, max, max, token.quoted().text(part)),
          hint);
      return Optional.empty();
    }
    return value;
  }

  private Optional<BigDecimal> decimal(Token token, QuotedText.Part part, String what) {
    String text = token.quoted().text(part);
    Optional<BigDecimal> value = Lexer.isNumber(text) ? decimal(text) : Optional.empty();
    if (value.isEmpty()) {
      cursor.problem(
          token.inside(part),
          "expected %s, found %s".formatted(what, shown(text)),
          text.matches("[-+.0-9]+ ?[a-zA-Z°]{1,5}") ? "write the number without a unit" : "");
    }
    return value;
  }

  private static String shown(String part) {
    return part.isEmpty() ? "nothing" : "'" + Token.shorten(part) + "'";
  }

  /** The number that {@code token} says; nothing if it was reported. */
  Optional<BigDecimal> number(Token token) {
    Optional<BigDecimal> value = decimal(token.raw());
    if (value.isEmpty()) {
      cursor.problem(
          token, "the number %s is out of range".formatted(Token.shorten(token.raw())), "");
    }
    return value;
  }

  private static Optional<BigDecimal> decimal(String text) {
    if (text.length() <= Parser.NUMBER_LENGTH_MAX) {
      try {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() == 0) {
          return Optional.of(BigDecimal.ZERO);
        }
        if (Math.abs((long) value.scale()) <= SCALE_MAX && value.abs().compareTo(VALUE_MAX) <= 0) {
          return Optional.of(value);
        }
      } catch (NumberFormatException e) {
        // The exponent has more digits than BigDecimal can hold: out of range.
      }
    }
    return Optional.empty();
  }

  private Optional<Argument> integers() {
    Token open = cursor.next();
    List<Long> values = new ArrayList<>();
    boolean sound = true;
    do {
      Token token = cursor.peek();
      if (token.kind() != Kind.NUMBER) {
        cursor.problem(
            token,
            "expected a whole number, found " + token.shown(),
            Hints.forInteger(token, cursor.peekAfter()));
        return Optional.empty();
      }
      Optional<Long> value = integer(cursor.next());
      value.ifPresent(values::add);
      sound &= value.isPresent();
    } while (cursor.accept(","));
    if (!cursor.accept("]")) {
      cursor.problem(cursor.peek(), "expected ',' or ']', found " + cursor.peek().shown(), "");
      return Optional.empty();
    }
    Span span = open.span().to(cursor.previous().span());
    return sound ? Optional.of(new Argument.Integers(values, span)) : Optional.empty();
  }

  private Optional<Long> integer(Token token) {
    try {
      return Optional.of(Long.valueOf(token.raw()));
    } catch (NumberFormatException e) {
      cursor.problem(
          token,
          "expected a whole number of at most 64 bits, found " + Token.shorten(token.raw()),
          "");
      return Optional.empty();
    }
  }
}
