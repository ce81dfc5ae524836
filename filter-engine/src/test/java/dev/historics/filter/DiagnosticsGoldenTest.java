package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dgolden=write} rewrites the answers; their diff is what gets reviewed. */
class DiagnosticsGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/diagnostics");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csdl"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void a_wrong_rule_is_answered_as_written_down(String name) throws IOException {
    String rule = Files.readString(FOLDER.resolve(name));

    answersAsWrittenDown(name, rule);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          limit-conditions, 1001, `language.tag == "en"`, ` or `
          limit-conditions-of-a-tag, 1001, `language.tag == "en"`, ` and `
          limit-depth, 201, `(`, ``
          limit-bytes, 60000, `language.tag == "en"`, ` or `
          """)
  void a_rule_beyond_a_limit_is_answered_as_written_down(
      String name, int count, String piece, String between) throws IOException {
    String pieces = String.join(between, Collections.nCopies(count, piece));
    String rule = name.endsWith("-of-a-tag") ? "tag \"x\" { " + pieces + " }" : pieces;

    answersAsWrittenDown(name + ".csdl", rule);
  }

  @Test
  void a_rule_is_answered_with_a_bounded_number_of_problems() {
    String rule = "language.tga exists or ".repeat(900) + "language.tag exists";

    assertThat(refusal("rule", rule).diagnostics()).hasSize(100);
  }

  private static void answersAsWrittenDown(String name, String rule) throws IOException {
    String answer =
        refusal(name, rule).diagnostics().stream()
                .map(Diagnostic::render)
                .collect(Collectors.joining("\n\n"))
            + "\n";

    Path golden = FOLDER.resolve(name.replace(".csdl", ".answer"));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(golden, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(golden));
  }

  private static InvalidRuleException refusal(String name, String rule) {
    InvalidRuleException refusal =
        catchThrowableOfType(
            InvalidRuleException.class,
            () -> Definition.compile(name, rule, TargetDictionary.standard(), new StoredRules()));
    assertThat(refusal).as("%s should not compile", name).isNotNull();
    return refusal;
  }
}
