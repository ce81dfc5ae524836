package dev.historics.filter.regex;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A first reading of a pattern. It counts what the pattern will come to, refuses what is too large
 * before anything is built, finds what people bring along from other dialects, and rewrites what
 * RE2/J would not take as we do. It decides nothing else: what it lets pass may still be wrong.
 */
final class RegexScan {
  /** The longest pattern, in UTF-16 units. */
  static final int LENGTH_MAX = 10_000;

  /** The deepest parentheses. */
  static final int NESTING_MAX = 250;

  /**
   * The most steps of the program, with repetitions written out; each may run at each character.
   */
  static final int STEPS_MAX = 10_000;

  /** The most steps that read no character: the machine goes through them by recursion. */
  static final int BRANCHES_MAX = 1_000;

  /** As many copies of a class as are noted. */
  private static final int COPIES_MAX = 32;

  /** The most tables and ranges of characters, which are costly to join. */
  static final int TABLES_MAX = 200;

  /**
   * Old forms of Cyrillic letters. They have an upper case that does not lead back to them, where
   * RE2/J goes round and round; so it is with no other character.
   */
  private static final int ENDLESS_START = 0x1C80;

  private static final int ENDLESS_END = 0x1C89;

  private static final Pattern REPEAT =
      Pattern.compile("\\{(?<min>0|[1-9][0-9]{0,7})(?<comma>,(?<max>0|[1-9][0-9]{0,7})?)?\\}");

  private static final Pattern TABLE =
      Pattern.compile("\\\\[pP](?:\\{([^}]*)\\}|.)", Pattern.DOTALL);

  private static final Pattern CHARACTER_ESCAPE =
      Pattern.compile("\\\\(?:x\\{[0-9A-Fa-f]*\\}|x[^{].|[0-7]{1,3}|.)", Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("\\\\(?:x\\{?0*(?<hex>[0-9A-Fa-f]{1,6})\\}?|(?<octal>[0-7]{1,3}))");

  private static final Pattern FLAGS =
      Pattern.compile("\\(\\?(?<on>[imsU]*)(?<off>-[imsU]+)?(?<end>[:)])");

  private static final Pattern PERL_CLASS = Pattern.compile("\\\\[dswDSW]");

  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([A-Za-z0-9_]+)>");

  /** Characters beyond the Basic Multilingual Plane, and all others, inside of brackets. */
  private static final String BEYOND = "\\x{10000}-\\x{10FFFF}";

  private static final String WITHIN = "\\x{0}-\\x{FFFF}";

  private final String pattern;
  private final StringBuilder rewritten = new StringBuilder();
  private final RequiredLiteral literal = new RequiredLiteral();
  private final RequiredRun required = new RequiredRun();

  /** What the brackets come to that are being read; null if that is not known to be ASCII. */
  private AsciiClass members;

  private final Deque<Group> outer = new ArrayDeque<>();
  private Group group = new Group(0, false, false);
  private int tables;

  /** Whether case does not count where the scan is. */
  private boolean caseless;

  private int at;
  private int unopened = -1;
  private int unclosed = -1;

  RegexScan(String pattern) {
    this.pattern = pattern;
  }

  /** The pattern for RE2/J. */
  String rewritten() {
    return rewritten.toString();
  }

  /** ASCII that every match holds; empty if none is known. */
  String requiredLiteral() {
    return literal.longest();
  }

  /** Whether the literal is required in upper or lower case. */
  boolean isLiteralCaseless() {
    return literal.isCaseless();
  }

  /** Characters of ASCII that stand side by side in every match; empty if none are known. */
  List<AsciiClass> requiredRun() {
    return required.best();
  }

  private void endRuns() {
    literal.endRun();
    required.endRun();
  }

  private void forget() {
    literal.forget();
    required.forget();
  }

  void run() throws RefusedException {
    if (pattern.length() > LENGTH_MAX) {
      throw tooLarge("it has more than %d characters".formatted(LENGTH_MAX));
    }
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '(' -> openGroup();
        case ')' -> closeGroup();
        case '[' -> brackets();
        case '\\' -> escape();
        case '{' -> brace();
        case '*', '+', '?' -> quantifier();
        case '|' -> alternative();
        case '^', '$' -> assertion(1);
        case '.' -> character(1);
        default -> plain();
      }
    }
    unclosed = outer.isEmpty() ? -1 : group.openedAt;
    while (!outer.isEmpty()) {
      leaveGroup();
    }
    group.finishLast();
    if (group.steps > STEPS_MAX) {
      throw tooLarge("written out, it has more than %d steps".formatted(STEPS_MAX));
    }
    if (group.branches > BRANCHES_MAX) {
      throw tooLarge("written out, it branches at more than %d places".formatted(BRANCHES_MAX));
    }
  }

  private RefusedException tooLarge(String why) {
    return new RefusedException(
        "this regular expression is too large: " + why, 0, pattern.length());
  }

  private void take(int length) {
    rewritten.append(pattern, at, at + length);
    at += length;
  }

  private void openGroup() throws RefusedException {
    refuseLookAround();
    if (outer.size() == NESTING_MAX) {
      throw new RefusedException(
          "parentheses are nested more than %d deep".formatted(NESTING_MAX), at, at + 1);
    }
    endRuns();
    int openedAt = at;
    boolean caselessOutside = caseless;
    boolean caught = false;
    Matcher flags = at(FLAGS);
    Matcher named = at(NAMED);
    if (flags.lookingAt()) {
      take(flags.end() - at);
      caseless = isCaseless(flags.group("on"), flags.group("off"));
      if (flags.group("end").equals(")")) {
        if (at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
          // RE2/J repeats what stands before the flags.
          forget();
        }
        return;
      }
    } else if (named.lookingAt()) {
      caught = true;
      take(named.end() - at);
    } else if (pattern.startsWith("(?", at)) {
      forget();
      take(1);
    } else {
      // Nobody asks what a group has caught, and catching costs memory for each thread of a match.
      rewritten.append("(?:");
      at++;
    }
    outer.push(group);
    group = new Group(openedAt, caselessOutside, caught);
  }

  private boolean isCaseless(String on, String off) {
    return (caseless || on.contains("i")) && (off == null || !off.contains("i"));
  }

  private Matcher at(Pattern expected) {
    return expected.matcher(pattern).region(at, pattern.length());
  }

  private void refuseLookAround() throws RefusedException {
    for (String opening : new String[] {"(?=", "(?!", "(?<=", "(?<!"}) {
      if (pattern.startsWith(opening, at)) {
        throw new RefusedException(
            "RE2 has no look-around such as '%s'".formatted(opening), at, at + opening.length());
      }
    }
    if (pattern.startsWith("(?P=", at)) {
      throw noBackReference(4);
    }
  }

  private RefusedException noBackReference(int length) {
    return new RefusedException(
        "RE2 has no back-references such as '%s'".formatted(pattern.substring(at, at + length)),
        at,
        at + length);
  }

  private void closeGroup() {
    endRuns();
    if (outer.isEmpty()) {
      unopened = unopened < 0 ? at : unopened;
    } else {
      leaveGroup();
    }
    take(1);
  }

  private void leaveGroup() {
    group.finishLast();
    caseless = group.caselessOutside;
    Group left = group;
    group = outer.pop();
    boolean counted = left.caught || left.steps == 0;
    group.add(left.steps + (counted ? 2 : 0), left.branches + (counted ? 2 : 0));
  }

  private void quantifier() {
    endRuns();
    group.repeat(1, pattern.charAt(at) == '*' ? 2 : 1);
    take(1);
  }

  private void brace() {
    Matcher repeat = at(REPEAT);
    literal.endRun();
    if (copies() == 0) {
      required.endRun();
    }
    if (!repeat.lookingAt()) {
      character(1);
      return;
    }
    long min = Long.parseLong(repeat.group("min"));
    String upTo = repeat.group("max");
    boolean exact = repeat.group("comma") == null;
    long max = exact ? min : upTo == null ? min + 2 : Long.parseLong(upTo);
    group.repeat(Math.max(1, upTo == null ? min : max), Math.max(0, max - min));
    take(repeat.end() - at);
  }

  private void alternative() {
    endRuns();
    if (outer.isEmpty()) {
      forget();
    }
    boolean besideNothing =
        at == 0
            || at + 1 == pattern.length()
            || "(:|".indexOf(pattern.charAt(at - 1)) >= 0
            || "|)".indexOf(pattern.charAt(at + 1)) >= 0;
    int added = besideNothing ? 2 : 1;
    group.add(added, added);
    group.finishLast();
    take(1);
  }

  private void assertion(int length) {
    endRuns();
    group.add(1, 1);
    take(length);
  }

  private void character(int length) {
    endRuns();
    group.add(1, 0);
    take(length);
  }

  private void plain() throws RefusedException {
    int c = pattern.codePointAt(at);
    int length = Character.charCount(c);
    if (c < 0x80) {
      literalCharacter((char) c, length);
    } else {
      character(length);
      refuseEndless(c, c, at - length);
    }
  }

  private void literalCharacter(char c, int length) {
    group.add(1, 0);
    take(length);
    boolean optional = at < pattern.length() && "*?{".indexOf(pattern.charAt(at)) >= 0;
    if (!outer.isEmpty() || optional) {
      literal.endRun();
    } else if (caseless) {
      literal.appendCaseless(c);
    } else {
      literal.append(c);
    }
    require(AsciiClass.of(c));
  }

  /**
   * Notes that one of these characters stands here, or several if that is what follows.
   *
   * @param next null if it may be a character outside ASCII too
   */
  private void require(AsciiClass next) {
    int copies = copies();
    AsciiClass all = next == null || !caseless ? next : next.inBothCases();
    boolean known = all != null && all.size() > 0 && !(caseless && all.hasThirdForm());
    if (!outer.isEmpty() || copies == 0 || !known) {
      required.endRun();
      return;
    }
    for (int i = 0; i < copies; i++) {
      required.append(all);
    }
  }

  /** How often at least what was read stands, side by side with what comes next. */
  private int copies() {
    if (at == pattern.length() || "*?{".indexOf(pattern.charAt(at)) < 0) {
      return 1;
    }
    Matcher repeat = at(REPEAT);
    boolean exact = repeat.lookingAt() && repeat.group("comma") == null;
    boolean repeatedAgain =
        exact
            && repeat.end() < pattern.length()
            && "*?+{".indexOf(pattern.charAt(repeat.end())) >= 0;
    return exact && !repeatedAgain
        ? (int) Math.min(COPIES_MAX, Long.parseLong(repeat.group("min")))
        : 0;
  }

  private void escape() throws RefusedException {
    if (at + 1 == pattern.length()) {
      take(1);
      return;
    }
    char c = pattern.charAt(at + 1);
    switch (c) {
      case 'A', 'b', 'B', 'z' -> assertion(2);
      case 'Q' -> quotation();
      case 'p', 'P' -> table();
      case 'k' -> throw noBackReference(2);
      default -> {
        if (c >= '1' && c <= '9' && (c > '7' || !isOctal(at + 2))) {
          throw noBackReference(2);
        }
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
          literalCharacter(c, 2);
        } else if (c == 'd') {
          literal.endRun();
          group.add(1, 0);
          take(2);
          require(AsciiClass.DIGITS);
        } else {
          int start = at;
          character(escapeLength());
          int escaped = escaped(pattern.substring(start, at));
          refuseEndless(escaped, escaped, start);
        }
      }
    }
  }

  /** The length of a backslash and all that goes with it. */
  private int escapeLength() {
    Matcher escape = at(CHARACTER_ESCAPE);
    return escape.lookingAt() ? escape.end() - at : 1;
  }

  private boolean isOctal(int place) {
    return place < pattern.length() && pattern.charAt(place) >= '0' && pattern.charAt(place) <= '7';
  }

  /** {@code \\Q...\\E}, or to the end. */
  private void quotation() throws RefusedException {
    endRuns();
    int close = pattern.indexOf("\\E", at);
    int end = close < 0 ? pattern.length() : close + 2;
    int start = at;
    take(end - at);
    for (int i = start + 2; i < end; i++) {
      group.add(1, 0);
      refuseEndless(pattern.charAt(i), pattern.charAt(i), start);
    }
  }

  /** A table by name, outside of brackets. */
  private void table() throws RefusedException {
    countTable();
    Matcher table = at(TABLE);
    if (!table.lookingAt()) {
      character(2);
      return;
    }
    String members = surrogates(table);
    if (members.isEmpty()) {
      character(table.end() - at);
      return;
    }
    endRuns();
    group.add(1, 0);
    rewritten.append('[').append(members).append(']');
    at = table.end();
  }

  /** The members of {@code \\p{Cs}} and its like; empty for another table. */
  private static String surrogates(Matcher table) {
    String name = table.group(1);
    if (name == null || !(name.equals("Cs") || name.equals("^Cs"))) {
      return "";
    }
    boolean opposite = table.group().startsWith("\\P") ^ name.startsWith("^");
    return opposite ? WITHIN : BEYOND;
  }

  private void countTable() throws RefusedException {
    tables++;
    if (tables > TABLES_MAX) {
      throw new RefusedException(
          "this regular expression has more than %d tables and ranges of characters"
              .formatted(TABLES_MAX),
          at,
          at + 1);
    }
  }

  /** A class in brackets, as far as it goes; read exactly as RE2/J reads it. */
  private void brackets() throws RefusedException {
    literal.endRun();
    group.add(1, 0);
    members = pattern.startsWith("[^", at) ? null : AsciiClass.NONE;
    take(members == null ? 2 : 1);
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      Matcher table = at(TABLE);
      int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
      if (named >= 0) {
        members = null;
        take(named + 2 - at);
      } else if (table.lookingAt()) {
        members = null;
        tableInBrackets(table);
      } else if (at(PERL_CLASS).lookingAt()) {
        boolean digits = members != null && pattern.charAt(at + 1) == 'd';
        members = digits ? members.with('0', '9') : null;
        take(2);
      } else {
        range();
      }
    }
    if (at < pattern.length()) {
      take(1);
    }
    require(members);
  }

  private void tableInBrackets(Matcher table) throws RefusedException {
    countTable();
    String members = surrogates(table);
    if (members.isEmpty()) {
      take(table.end() - at);
    } else {
      rewritten.append(members);
      at = table.end();
    }
  }

  /** One character, or a range of them. */
  private void range() throws RefusedException {
    int start = at;
    int first = member();
    int last = first;
    if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
      take(1);
      last = member();
      if (last >= 0x80) {
        countTable();
      }
    }
    boolean plain = pattern.substring(start, at).indexOf('\\') < 0;
    members = members != null && plain && last < 0x80 ? members.with(first, last) : null;
    refuseEndless(first, last, start);
  }

  /** Takes a character of a class and returns its code point. */
  private int member() {
    int start = at;
    if (pattern.charAt(at) == '\\') {
      take(escapeLength());
      return escaped(pattern.substring(start, at));
    }
    take(Character.charCount(pattern.codePointAt(at)));
    return pattern.codePointAt(start);
  }

  /** The code point of an escape by number; of another one, something in ASCII. */
  private static int escaped(String escape) {
    Matcher number = NUMBER.matcher(escape);
    if (!number.matches()) {
      return '\\';
    }
    String octal = number.group("octal");
    return octal == null ? Integer.parseInt(number.group("hex"), 16) : Integer.parseInt(octal, 8);
  }

  private void refuseEndless(int first, int last, int start) throws RefusedException {
    if (caseless && first < ENDLESS_END && last >= ENDLESS_START) {
      throw new RefusedException(
          "the characters U+1C80 to U+1C88 cannot stand where case does not count", start, at);
    }
  }

  /** What RE2/J found wrong with the rewritten pattern, as near to its place as can be told. */
  RegexForm.Refused explained(PatternSyntaxException problem) {
    String description = problem.getDescription();
    if (description.startsWith("regexp/syntax") && unopened >= 0) {
      return new RegexForm.Refused("this ')' closes nothing", unopened, unopened + 1);
    }
    if (description.equals("missing closing )") && unclosed >= 0) {
      return new RegexForm.Refused("this '(' is never closed", unclosed, unclosed + 1);
    }
    String part = problem.getPattern();
    int start = part.isEmpty() ? -1 : pattern.indexOf(part);
    String message = "not a regular expression: " + description;
    boolean known = start >= 0 && start == pattern.lastIndexOf(part);
    return known && part.length() < pattern.length()
        ? new RegexForm.Refused("%s '%s'".formatted(message, part), start, start + part.length())
        : new RegexForm.Refused(message, 0, pattern.length());
  }
}
