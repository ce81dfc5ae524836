package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.filter.syntax.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of rule, interaction and answer: our own, and the one beside the project. */
class CasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TargetDictionary TARGETS = TargetDictionary.standard();
  private static final Set<String> STRIPPED =
      Set.of("interaction.content", "twitter.text", "twitter.retweet.text");

  /** Where records are read, links and mentions are taken out of tweets; here plainly. */
  private static final Pattern LINK_OR_MENTION =
      Pattern.compile(
          "(?i)https?://\\S+|(?<!\\w)(?:www\\.|t\\.co/|bit\\.ly/)\\S+|(?<!\\w)@[A-Za-z0-9_]{1,15}");

  record Case(String id, String rule, String interaction, boolean expected) {
    static Case parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(
          fields[0], fields[1].replace('␊', '\n'), fields[2], Boolean.parseBoolean(fields[3]));
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Case> own() throws IOException {
    return cases(Path.of("src/test/resources/dev/historics/filter/cases.tsv"));
  }

  private static Stream<Case> cases(Path table) throws IOException {
    return Files.readAllLines(table).stream().skip(1).map(Case::parse);
  }

  private static Path shared(String name) {
    Optional<Path> file = SharedData.file("reference/examples/" + name);
    Assumptions.assumeTrue(file.isPresent(), "the shared examples are not here");
    return file.get();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("own")
  void a_rule_accepts_what_the_table_says(Case example) throws Exception {
    assertThat(answers(example)).containsOnly(example.expected());
  }

  @Test
  void the_table_has_every_operator_and_no_id_twice() throws Exception {
    List<Case> cases = own().toList();

    assertThat(cases).hasSizeGreaterThan(300);
    assertThat(cases).extracting(Case::id).doesNotHaveDuplicates();
    for (String spelling : Operator.spellings()) {
      assertThat(cases).as(spelling).anyMatch(example -> words(example.rule()).contains(spelling));
    }
  }

  private static List<String> words(String rule) {
    return List.of(rule.toLowerCase(Locale.ROOT).split("[\\s\"\\[(]+"));
  }

  @Test
  void the_shared_table_agrees() throws Exception {
    List<Case> cases = cases(shared("csdl-cases.tsv")).toList();

    assertThat(cases).hasSizeGreaterThan(100);
    for (Case example : cases) {
      assertThat(answers(example)).as(example.id()).containsOnly(example.expected());
    }
  }

  @Test
  void the_shared_list_of_wrong_rules_is_refused() throws Exception {
    List<String> rules =
        Files.readAllLines(shared("csdl-invalid.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t", -1)[1].replace('␊', '\n'))
            .map(rule -> rule.startsWith("<1001 conditions") ? conditions(1001) : rule)
            .toList();

    assertThat(rules).hasSizeGreaterThan(20);
    for (String rule : rules) {
      assertThatThrownBy(() -> Definition.compile("rule", rule, TARGETS))
          .as(rule)
          .isInstanceOf(InvalidRuleException.class);
    }
  }

  private static String conditions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "interaction.content contains \"w%d\"".formatted(i))
        .collect(Collectors.joining(" or "));
  }

  @Test
  void the_shared_examples_compile() throws Exception {
    Map<String, String> library = new HashMap<>();
    int compiled = 0;
    for (Path file : examples()) {
      String text = Files.readString(file);
      if (text.contains("1111111111")) {
        text =
            text.replace("1".repeat(32), hash(library, "csdl-06"))
                .replace("2".repeat(32), hash(library, "csdl-01"))
                .replace("3".repeat(32), hash(library, "csdl-03"));
      }
      Definition rule =
          Definition.compile(
              file.getFileName().toString(),
              text,
              TARGETS,
              hash -> Optional.ofNullable(library.get(hash)));
      library.put(rule.hash(), text);
      library.put(rule.name().substring(0, "csdl-00".length()), rule.hash());
      assertThat(rule.targets()).isNotEmpty();
      compiled++;
    }
    assertThat(compiled).isEqualTo(12);
  }

  private static String hash(Map<String, String> library, String example) {
    return library.get(example);
  }

  private static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(shared("csdl-01-simple.csdl").getParent())) {
      return files.filter(file -> file.toString().endsWith(".csdl")).sorted().toList();
    }
  }

  /** What the reference says, and the matcher on each kind of text column. */
  private static List<Boolean> answers(Case example) throws InvalidRuleException {
    JsonNode interaction = read(example.interaction());
    Map<String, List<Object>> row = new HashMap<>();
    ReferenceInterpreter reference = ReferenceInterpreter.of(example.rule(), TARGETS);
    Definition rule = Definition.compile("rule", example.rule(), TARGETS);
    rule.targets().forEach(name -> row.put(name, values(interaction, name)));
    List<Boolean> answers = new ArrayList<>();
    answers.add(reference.accepts(name -> values(interaction, name)));
    for (Strategy strategy : Strategy.values()) {
      RuleSet rules = RuleSet.of(List.of(rule), strategy);
      for (Interactions.Texts texts : Interactions.Texts.values()) {
        Interactions batch = new Interactions(rules, List.of(row), texts);
        answers.add(rules.matcher().match(batch, batch.all()).rows(0).get(0));
      }
    }
    return answers;
  }

  private static List<Object> values(JsonNode interaction, String target) {
    boolean tweet = JsonValues.of(interaction, "interaction.type").contains("twitter");
    return JsonValues.of(interaction, target).stream()
        .map(value -> tweet && STRIPPED.contains(target) ? stripped(value.toString()) : value)
        .toList();
  }

  private static String stripped(String text) {
    return LINK_OR_MENTION.matcher(text).replaceAll(" ");
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
