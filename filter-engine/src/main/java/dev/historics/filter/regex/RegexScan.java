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

  private static final Pattern REPEAT =
      Pattern.compile("\\{(?<min>0|[1-9][0-9]{0,7})(?<comma>,(?<max>0|[1-9][0-9]{0,7})?)?\\}");

  private static final Pattern FLAGS =
      Pattern.compile("\\(\\?(?<on>[imsU]*)(?<off>-[imsU]+)?(?<end>[:)])");

  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<([A-Za-z0-9_]+)>");

  private final String pattern;
  private final PatternCursor cursor;
  private final CharacterClasses classes = new CharacterClasses();
  private final RequiredLiteral literal = new RequiredLiteral();
  private final RequiredRun required = new RequiredRun();

  private final Deque<Group> outer = new ArrayDeque<>();
  private Group group = new Group(0, false, false);

  /** Whether case does not count where the scan is. */
  private boolean caseless;

  private int unopened = -1;
  private int unclosed = -1;

  RegexScan(String pattern) {
    this.pattern = pattern;
    this.cursor = new PatternCursor(pattern);
  }

  /** The pattern for RE2/J. */
  String rewritten() {
    return cursor.rewritten();
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
    while (!cursor.isAtEnd()) {
      switch (cursor.current()) {
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

  private void openGroup() throws RefusedException {
    refuseLookAround();
    if (outer.size() == NESTING_MAX) {
      throw new RefusedException(
          "parentheses are nested more than %d deep".formatted(NESTING_MAX),
          cursor.at(),
          cursor.at() + 1);
    }
    endRuns();
    int openedAt = cursor.at();
    boolean caselessOutside = caseless;
    boolean caught = false;
    Matcher flags = cursor.match(FLAGS);
    Matcher named = cursor.match(NAMED);
    if (flags.lookingAt()) {
      cursor.take(flags.end() - cursor.at());
      caseless = isCaseless(flags.group("on"), flags.group("off"));
      if (flags.group("end").equals(")")) {
        if (!cursor.isAtEnd() && "*+?{".indexOf(cursor.current()) >= 0) {
          // RE2/J repeats what stands before the flags.
          forget();
        }
        return;
      }
    } else if (named.lookingAt()) {
      caught = true;
      cursor.take(named.end() - cursor.at());
    } else if (cursor.startsWith("(?")) {
      forget();
      cursor.take(1);
    } else {
      // Nobody asks what a group has caught, and catching costs memory for each thread of a match.
      cursor.replace(1, "(?:");
    }
    outer.push(group);
    group = new Group(openedAt, caselessOutside, caught);
  }

  private boolean isCaseless(String on, String off) {
    return (caseless || on.contains("i")) && (off == null || !off.contains("i"));
  }

  private void refuseLookAround() throws RefusedException {
    for (String opening : new String[] {"(?=", "(?!", "(?<=", "(?<!"}) {
      if (cursor.startsWith(opening)) {
        throw new RefusedException(
            "RE2 has no look-around such as '%s'".formatted(opening),
            cursor.at(),
            cursor.at() + opening.length());
      }
    }
    if (cursor.startsWith("(?P=")) {
      throw noBackReference(4);
    }
  }

  private RefusedException noBackReference(int length) {
    return new RefusedException(
        "RE2 has no back-references such as '%s'"
            .formatted(pattern.substring(cursor.at(), cursor.at() + length)),
        cursor.at(),
        cursor.at() + length);
  }

  private void closeGroup() {
    endRuns();
    if (outer.isEmpty()) {
      unopened = unopened < 0 ? cursor.at() : unopened;
    } else {
      leaveGroup();
    }
    cursor.take(1);
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
    group.repeat(1, cursor.current() == '*' ? 2 : 1);
    cursor.take(1);
  }

  private void brace() {
    Matcher repeat = cursor.match(REPEAT);
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
    cursor.take(repeat.end() - cursor.at());
  }

  private void alternative() {
    endRuns();
    if (outer.isEmpty()) {
      forget();
    }
    boolean besideNothing =
        cursor.at() == 0
            || !cursor.hasNext()
            || "(:|".indexOf(pattern.charAt(cursor.at() - 1)) >= 0
            || "|)".indexOf(cursor.next()) >= 0;
    int added = besideNothing ? 2 : 1;
    group.add(added, added);
    group.finishLast();
    cursor.take(1);
  }

  private void assertion(int length) {
    endRuns();
    group.add(1, 1);
    cursor.take(length);
  }

  private void character(int length) {
    endRuns();
    group.add(1, 0);
    cursor.take(length);
  }

  private void plain() throws RefusedException {
    int c = cursor.codePoint();
    int length = Character.charCount(c);
    if (c < 0x80) {
      literalCharacter((char) c, length);
    } else {
      character(length);
      CharacterClasses.refuseEndless(cursor, caseless, c, c, cursor.at() - length);
    }
  }

  private void literalCharacter(char c, int length) {
    group.add(1, 0);
    cursor.take(length);
    boolean optional = !cursor.isAtEnd() && "*?{".indexOf(cursor.current()) >= 0;
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
    if (cursor.isAtEnd() || "*?{".indexOf(cursor.current()) < 0) {
      return 1;
    }
    Matcher repeat = cursor.match(REPEAT);
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
    if (!cursor.hasNext()) {
      cursor.take(1);
      return;
    }
    char c = cursor.next();
    switch (c) {
      case 'A', 'b', 'B', 'z' -> assertion(2);
      case 'Q' -> quotation();
      case 'p', 'P' -> table();
      case 'k' -> throw noBackReference(2);
      default -> {
        if (c >= '1' && c <= '9' && (c > '7' || !cursor.isOctal(2))) {
          throw noBackReference(2);
        }
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
          literalCharacter(c, 2);
        } else if (c == 'd') {
          literal.endRun();
          group.add(1, 0);
          cursor.take(2);
          require(AsciiClass.DIGITS);
        } else {
          int start = cursor.at();
          character(cursor.escapeLength());
          int escaped = PatternCursor.escaped(cursor.since(start));
          CharacterClasses.refuseEndless(cursor, caseless, escaped, escaped, start);
        }
      }
    }
  }

  /** {@code \\Q...\\E}, or to the end. */
  private void quotation() throws RefusedException {
    endRuns();
    int close = cursor.indexOf("\\E");
    int end = close < 0 ? pattern.length() : close + 2;
    int start = cursor.at();
    cursor.take(end - cursor.at());
    for (int i = start + 2; i < end; i++) {
      group.add(1, 0);
      CharacterClasses.refuseEndless(cursor, caseless, pattern.charAt(i), pattern.charAt(i), start);
    }
  }

  /** A table by name, outside of brackets. */
  private void table() throws RefusedException {
    endRuns();
    group.add(1, 0);
    classes.table(cursor);
  }

  /** A class in brackets. */
  private void brackets() throws RefusedException {
    literal.endRun();
    group.add(1, 0);
    require(classes.brackets(cursor, caseless));
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
