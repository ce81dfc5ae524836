package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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

    InvalidRuleException refusal =
        catchThrowableOfType(
            InvalidRuleException.class,
            () -> Definition.compile(name, rule, TargetDictionary.standard()));

    String answer =
        refusal.diagnostics().stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"))
            + "\n";
    Path golden = FOLDER.resolve(name.replace(".csdl", ".answer"));
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(golden, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(golden));
  }
}
