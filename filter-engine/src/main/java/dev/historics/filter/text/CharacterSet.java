package dev.historics.filter.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set of characters, by code point, made of named groups. Sets that are made of the same groups
 * are equal.
 *
 * <p>A general category holds what the Java that runs says it holds: a character that is younger
 * than it is {@code Cn}.
 */
public final class CharacterSet {
  /** No character. */
  public static final CharacterSet NONE = new CharacterSet(0);

  private static final String STANDARD_MARKS =
      "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~"
          + "\u201C\u201D\u2035\u2036\u301D\u2033\u301E\u301F\u3003"
          + "\u300C\u300D\u300E\u300F\u2308\u230B";

  private static final String CLASSIC_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String BLANKS = " \t\n\r\f";

  /** Bits of {@link #members} above those of the general categories. */
  private static final int STANDARD_BIT = 32;

  private static final int CLASSIC_BIT = 33;
  private static final int BLANK_BIT = 34;

  /** The published punctuation marks. Note that {@code $} is not one. */
  public static final CharacterSet STANDARD = new CharacterSet(1L << STANDARD_BIT);

  /** Space, tab, new line, carriage return and form feed. */
  public static final CharacterSet WHITE_SPACE = new CharacterSet(1L << BLANK_BIT);

  private static final Map<String, CharacterSet> NAMED = named();
  private static final List<String> NAMES = List.copyOf(NAMED.keySet());

  private final long members;

  private CharacterSet(long members) {
    this.members = members;
  }

  private static Map<String, CharacterSet> named() {
    Map<String, CharacterSet> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Category category : Category.values()) {
      CharacterSet set = new CharacterSet(1L << category.type);
      named.put(category.name(), set);
      named.merge(category.name().substring(0, 1), set, CharacterSet::union);
    }
    named.put("default", STANDARD);
    named.put("classic", new CharacterSet(1L << CLASSIC_BIT));
    named.put("extended", named.get("P").union(named.get("S")));
    return named;
  }

  /**
   * The set of that name, in upper or lower case: {@code default}, {@code classic} (the punctuation
   * of ASCII), {@code extended} (all punctuation and all symbols), or a Unicode general category of
   * one or two letters.
   */
  public static Optional<CharacterSet> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /** The names that {@link #named(String)} accepts, in the order of the alphabet. */
  public static List<String> names() {
    return NAMES;
  }

  /** What is in this set or in {@code other}. */
  public CharacterSet union(CharacterSet other) {
    return new CharacterSet(members | other.members);
  }

  /** Whether a character is in the set. */
  public boolean contains(int codePoint) {
    return has(Character.getType(codePoint))
        || (has(STANDARD_BIT) && STANDARD_MARKS.indexOf(codePoint) >= 0)
        || (has(CLASSIC_BIT) && CLASSIC_MARKS.indexOf(codePoint) >= 0)
        || (has(BLANK_BIT) && BLANKS.indexOf(codePoint) >= 0);
  }

  private boolean has(int bit) {
    return (members & (1L << bit)) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharacterSet set && set.members == members;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(members);
  }

  @Override
  public String toString() {
    List<String> groups = new ArrayList<>();
    for (Category category : Category.values()) {
      if (has(category.type)) {
        groups.add(category.name());
      }
    }
    if (has(STANDARD_BIT)) {
      groups.add("default");
    }
    if (has(CLASSIC_BIT)) {
      groups.add("classic");
    }
    if (has(BLANK_BIT)) {
      groups.add("white space");
    }
    return groups.toString();
  }

  /** The general categories of Unicode, by their short names. */
  private enum Category {
    Lu(Character.UPPERCASE_LETTER),
    Ll(Character.LOWERCASE_LETTER),
    Lt(Character.TITLECASE_LETTER),
    Lm(Character.MODIFIER_LETTER),
    Lo(Character.OTHER_LETTER),
    Mn(Character.NON_SPACING_MARK),
    Mc(Character.COMBINING_SPACING_MARK),
    Me(Character.ENCLOSING_MARK),
    Nd(Character.DECIMAL_DIGIT_NUMBER),
    Nl(Character.LETTER_NUMBER),
    No(Character.OTHER_NUMBER),
    Zs(Character.SPACE_SEPARATOR),
    Zl(Character.LINE_SEPARATOR),
    Zp(Character.PARAGRAPH_SEPARATOR),
    Cc(Character.CONTROL),
    Cf(Character.FORMAT),
    Co(Character.PRIVATE_USE),
    Cs(Character.SURROGATE),
    Cn(Character.UNASSIGNED),
    Pc(Character.CONNECTOR_PUNCTUATION),
    Pd(Character.DASH_PUNCTUATION),
    Ps(Character.START_PUNCTUATION),
    Pe(Character.END_PUNCTUATION),
    Pi(Character.INITIAL_QUOTE_PUNCTUATION),
    Pf(Character.FINAL_QUOTE_PUNCTUATION),
    Po(Character.OTHER_PUNCTUATION),
    Sm(Character.MATH_SYMBOL),
    Sc(Character.CURRENCY_SYMBOL),
    Sk(Character.MODIFIER_SYMBOL),
    So(Character.OTHER_SYMBOL);

    private final int type;

    Category(int type) {
      this.type = type;
    }
  }
}
