package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.filter.syntax.Operator;
import dev.historics.filter.syntax.Parser;
import dev.historics.filter.text.CharacterSet;
import dev.historics.filter.text.Cutting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Editors know the words that the language has. {@code -Dgolden=write} rewrites what is made. */
class EditorsTest {
  private static final Path EDITORS = Path.of("../editors");
  private static final Path SAMPLE = Path.of("src/test/resources/golden/editors/sample.csdl");
  private static final Path PIECES = Path.of("src/test/resources/golden/editors/sample.pieces");
  private static final Pattern WORD = Pattern.compile("[a-z_]+");

  /** The scope of words in the TextMate grammar, and their group in Vim's. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "keyword.operator.word.csdl", "csdlOperator",
          "keyword.operator.logical.csdl", "csdlLogic",
          "keyword.control.tag.csdl", "csdlTag",
          "keyword.control.return.csdl", "csdlReturn",
          "keyword.control.import.csdl", "csdlReference",
          "storage.modifier.case.csdl", "csdlCase",
          "support.function.modifier.csdl", "csdlModifier",
          "support.constant.set.csdl", "csdlSet");

  private static Set<String> words(String scope) {
    return switch (scope) {
      case "keyword.operator.word.csdl" ->
          operators().filter(word -> WORD.matcher(word).matches()).collect(Collectors.toSet());
      case "keyword.operator.logical.csdl" -> Set.of("and", "or", "not");
      case "keyword.control.tag.csdl" -> Set.of("tag", "tags");
      case "keyword.control.return.csdl" -> Set.of("return");
      case "keyword.control.import.csdl" -> Set.of("stream", "rule");
      case "storage.modifier.case.csdl" -> Set.of("cs");
      case "support.function.modifier.csdl" -> Set.of("keep", "drop", "language");
      case "support.constant.set.csdl" ->
          Set.of("default", "classic", "extended", "zh", "ja", "none");
      default -> throw new IllegalArgumentException(scope);
    };
  }

  private static Stream<String> operators() {
    return Operator.spellings().stream();
  }

  private static JsonNode grammar() throws IOException {
    return new ObjectMapper().readTree(EDITORS.resolve("textmate/csdl.tmLanguage.json").toFile());
  }

  private static TextMateGrammar textMate() throws IOException {
    return new TextMateGrammar(grammar());
  }

  private static String vim() throws IOException {
    return Files.readString(EDITORS.resolve("vim/syntax/csdl.vim"));
  }

  /** The words between the parentheses of {@code (?:a|b)} or {@code \%(a\|b\)}. */
  private static Set<String> alternatives(Stream<String> patterns, String open, String close) {
    Pattern group = Pattern.compile(Pattern.quote(open) + "([a-z_|\\\\]+?)" + Pattern.quote(close));
    return patterns
        .flatMap(pattern -> group.matcher(pattern).results())
        .flatMap(result -> Arrays.stream(result.group(1).split("\\\\?\\|")))
        .collect(Collectors.toSet());
  }

  @Test
  void both_editors_have_the_words_of_the_language() throws Exception {
    List<JsonNode> rules = grammar().findParents("match");
    for (Map.Entry<String, String> group : GROUPS.entrySet()) {
      Stream<String> matches =
          rules.stream()
              .filter(rule -> rule.path("name").asText().equals(group.getKey()))
              .map(rule -> rule.path("match").asText());
      Stream<String> lines =
          vim().lines().filter(line -> line.startsWith("syntax match " + group.getValue() + " "));

      assertThat(alternatives(matches, "(?:", ")"))
          .as(group.getKey())
          .isEqualTo(words(group.getKey()));
      assertThat(alternatives(lines, "\\%(", "\\)"))
          .as(group.getValue())
          .isEqualTo(words(group.getKey()));
    }
  }

  @Test
  void both_editors_have_the_signs_of_the_language() throws Exception {
    Set<String> signs =
        operators().filter(word -> !WORD.matcher(word).matches()).collect(Collectors.toSet());
    Matcher line = Pattern.compile("syntax match csdlSign \"([^\"]+)\"").matcher(vim());

    assertThat(line.find()).isTrue();
    assertThat(line.group(1).split("\\\\\\|")).containsExactlyInAnyOrderElementsOf(signs);
    for (String sign : signs) {
      assertThat(scope("a.b " + sign + " 5", sign)).isEqualTo("keyword.operator.comparison.csdl");
    }
  }

  private static String scope(String rule, String text) throws IOException {
    return textMate().pieces(rule).stream()
        .filter(piece -> piece.text().equals(text))
        .map(TextMateGrammar.Piece::scope)
        .findFirst()
        .orElse("");
  }

  @Test
  void each_word_is_shown_as_what_it_is_in_any_case() throws Exception {
    for (String spelling : words("keyword.operator.word.csdl")) {
      assertThat(scope("a.b CS " + spelling + " \"x\"", spelling))
          .as(spelling)
          .isEqualTo("keyword.operator.word.csdl");
    }
    assertThat(scope("a.b Contains \"x\"", "Contains")).isEqualTo("keyword.operator.word.csdl");
    assertThat(scope("x.y exists AND Not a.b exists", "Not"))
        .isEqualTo("keyword.operator.logical.csdl");
    assertThat(scope("a.b contains [KEEP(Pd)] \"x\"", "Pd")).isEqualTo("support.constant.set.csdl");
  }

  @Test
  void the_sets_of_modifiers_are_known() throws Exception {
    for (String name : CharacterSet.names()) {
      assertThat(scope("a.b contains [keep(" + name + ")] \"x\"", name))
          .as(name)
          .isEqualTo("support.constant.set.csdl");
    }
    assertThat(words("support.constant.set.csdl"))
        .allMatch(
            name -> CharacterSet.named(name).isPresent() || Cutting.ofLanguage(name).isPresent());
  }

  @Test
  void escapes_are_those_that_the_parser_takes() throws Exception {
    Set<Character> taken = new TreeSet<>();
    for (char c = ' '; c < 127; c++) {
      String rule = "a.b == \"\\" + c + "x\"";
      boolean sound = Parser.parse(rule).problems().list().isEmpty();
      assertThat(scope(rule, "\\" + c))
          .as(rule)
          .isEqualTo("%s.escape.csdl".formatted(sound ? "constant.character" : "invalid.illegal"));
      if (sound) {
        taken.add(c);
      }
    }
    Matcher line = Pattern.compile("csdlEscape \\+\\\\\\\\\\[\\\\(.*)\\]\\+").matcher(vim());
    assertThat(line.find()).isTrue();
    assertThat(line.group(1).chars().mapToObj(c -> (char) c))
        .containsExactlyInAnyOrderElementsOf(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      textBlock =
          """
          2ch.title exists                -> 2ch.title   -> variable.other.target.csdl
          in.tag exists                   -> in.tag      -> variable.other.target.csdl
          tag.x 5 { a.b exists }          -> .x          -> entity.name.namespace.csdl
          a.b > -5.25e3                   -> -5.25e3     -> constant.numeric.csdl
          a.b in [1, -2]                  -> -2          -> constant.numeric.csdl
          a.b = 5                         -> =           -> invalid.illegal.sign.csdl
          a.b <> 5                        -> <>          -> invalid.illegal.sign.csdl
          a.b exists && c.d exists        -> &&          -> invalid.illegal.sign.csdl
          a.b contains “x”                -> “           -> invalid.illegal.quote.csdl
          a.b contains "// tag" // in "x" -> // in "x"   -> comment.line.double-slash.csdl
          """)
  void pieces_have_their_scopes(String rule, String piece, String expected) throws Exception {
    assertThat(scope(rule, piece)).isEqualTo(expected);
  }

  @Test
  void the_sample_is_shown_as_written_down() throws Exception {
    String pieces =
        textMate().pieces(Files.readString(SAMPLE)).stream()
            .map(TextMateGrammar.Piece::toString)
            .collect(Collectors.joining("\n", "", "\n"));

    assertWrittenDown(PIECES, pieces);
  }

  @Test
  void sublime_text_has_the_same_grammar() throws Exception {
    String plist =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n"
            + plist(grammar(), "")
            + "</plist>\n";

    assertWrittenDown(EDITORS.resolve("sublime/csdl.tmLanguage"), plist);
  }

  private static void assertWrittenDown(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  /** The property list that says the same as {@code node}. */
  private static String plist(JsonNode node, String indent) {
    if (node.isTextual()) {
      return indent + "<string>" + xml(node.asText()) + "</string>\n";
    }
    StringBuilder list = new StringBuilder(indent + (node.isArray() ? "<array>\n" : "<dict>\n"));
    if (node.isArray()) {
      node.forEach(item -> list.append(plist(item, indent + "  ")));
    } else {
      node.fields()
          .forEachRemaining(
              entry ->
                  list.append(indent)
                      .append("  <key>")
                      .append(xml(entry.getKey()))
                      .append("</key>\n")
                      .append(plist(entry.getValue(), indent + "  ")));
    }
    return list.append(indent).append(node.isArray() ? "</array>\n" : "</dict>\n").toString();
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Test
  void files_of_the_extension_are_there() throws Exception {
    Path folder = EDITORS.resolve("textmate");
    JsonNode contributes =
        new ObjectMapper().readTree(folder.resolve("package.json").toFile()).path("contributes");

    assertThat(folder.resolve(contributes.at("/grammars/0/path").asText())).exists();
    assertThat(contributes.at("/grammars/0/scopeName")).isEqualTo(grammar().path("scopeName"));
    assertThat(folder.resolve(contributes.at("/languages/0/configuration").asText())).exists();
  }

  @Test
  void errors_of_rules_are_found_by_the_extension() throws Exception {
    Path folder = EDITORS.resolve("textmate");
    String regex =
        new ObjectMapper()
            .readTree(folder.resolve("package.json").toFile())
            .at("/contributes/problemMatchers/0/pattern/regexp")
            .asText();
    Diagnostic problem = new Diagnostic("my rule.csdl", 2, 5, 3, "abc", "expected: more", "");

    Matcher matcher = Pattern.compile(regex).matcher(problem.render().lines().findFirst().get());

    assertThat(matcher.matches()).isTrue();
    assertThat(List.of(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(5)))
        .containsExactly("my rule.csdl", "2", "5", "expected: more");
  }
}
