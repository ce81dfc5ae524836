package dev.historics.cli.query;

import dev.historics.archive.intake.ImportInput;
import dev.historics.cli.filter.Filtering;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.filter.TargetDictionary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One rule and files, or several rules by options and files. */
final class FilterArguments {
  private static final String STDIN = "-";

  @Parameters(
      paramLabel = "RULE|FILE",
      arity = "0..*",
      description =
          "a file with CSDL, unless rules are given by options; then files, or folders of them, "
              + "with records; '-' or none is the standard input")
  List<String> words = new ArrayList<>();

  @ArgGroup(exclusive = true, multiplicity = "0..*")
  List<ByOption> byOption = new ArrayList<>();

  /** A rule in an option. */
  static final class ByOption {
    @Option(names = "--csdl", paramLabel = "TEXT", description = "a rule itself")
    String text;

    @Option(names = "--rule", paramLabel = "FILE", description = "a file with a rule")
    String file;
  }

  /**
   * A rule, and what it is called where there are several.
   *
   * @param name that of its file without folder and ending, or its place among the rules
   */
  record Named(String name, RuleArgument.Rule rule) {}

  /** The rules, in order. */
  List<Named> rules(Session session) throws CliException {
    List<Named> rules = new ArrayList<>();
    if (byOption.isEmpty()) {
      if (words.isEmpty()) {
        throw CliException.usage(
            "a rule is missing",
            "give a file with CSDL, or --csdl 'interaction.content contains \"word\"'");
      }
      requireOneReader(words.get(0));
      rules.add(named(session, words.get(0)));
    }
    for (ByOption each : byOption) {
      if (each.text != null) {
        int place = rules.size() + 1;
        String name = byOption.size() == 1 ? "csdl" : "csdl-" + place;
        rules.add(new Named(name, new RuleArgument.Rule(name, each.text)));
      } else {
        requireOneReader(each.file);
        rules.add(named(session, each.file));
      }
    }
    return distinct(rules);
  }

  private void requireOneReader(String ruleFile) throws CliException {
    boolean records = files().isEmpty() || files().contains(STDIN);
    if (ruleFile.equals(STDIN) && records) {
      throw CliException.usage(
          "the rule and the records cannot both come from the standard input",
          "put one of them into a file, or give the rule with --csdl");
    }
  }

  private static Named named(Session session, String file) throws CliException {
    String name = Path.of(file).getFileName().toString().replaceFirst("\\.csdl$", "");
    return new Named(file.equals(STDIN) ? "stdin" : name, RuleArgument.read(session, file));
  }

  /** Rules of the same name are told apart by their place. */
  private static List<Named> distinct(List<Named> rules) {
    Set<String> names = new HashSet<>();
    List<Named> distinct = new ArrayList<>();
    for (Named each : rules) {
      String name =
          names.add(each.name()) ? each.name() : each.name() + "-" + (distinct.size() + 1);
      names.add(name);
      distinct.add(new Named(name, each.rule()));
    }
    return distinct;
  }

  /** A rule, compiled; it must say what it matches. */
  Definition compile(
      Session session,
      Installation installation,
      RuleArgument.Rule rule,
      TargetDictionary dictionary)
      throws CliException {
    Definition definition = Compiler.compile(session, installation, rule, dictionary);
    if (!definition.hasFilter()) {
      throw CliException.usage(
          "the rule %s has no filter, only tags".formatted(rule.name()),
          "add 'return { … }' with what it shall match");
    }
    Undeclared.remark(session, definition, dictionary);
    return definition;
  }

  private List<String> files() {
    return byOption.isEmpty() ? words.subList(Math.min(1, words.size()), words.size()) : words;
  }

  /** The inputs, in order. */
  List<Filtering.Source> inputs(Session session) throws CliException, IOException {
    List<Filtering.Source> inputs = new ArrayList<>();
    for (String file : files().isEmpty() ? List.of(STDIN) : files()) {
      if (file.equals(STDIN)) {
        inputs.add(stdin(session));
      } else if (Files.exists(Path.of(file))) {
        for (ImportInput input : ImportInput.at(Path.of(file))) {
          inputs.add(new Filtering.Source(input, () -> true));
        }
      } else {
        throw new CliException(
            ExitCode.NOT_FOUND,
            "there is no file or folder '%s'".formatted(file),
            "check the path; '-' reads the standard input");
      }
    }
    for (Filtering.Source each : inputs) {
      if (each.input().isCsv()) {
        throw CliException.usage(
            "%s is CSV; expected files of one JSON object a line".formatted(each.input().name()),
            "'historics archive import' takes CSV");
      }
    }
    return inputs;
  }

  /** What was found is shown before more is waited for. */
  private static Filtering.Source stdin(Session session) {
    InputStream in = session.in();
    return new Filtering.Source(
        ImportInput.stream("stdin", in),
        () -> {
          try {
            return in.available() > 0;
          } catch (IOException e) {
            // The next read says what is wrong.
            return true;
          }
        });
  }
}
