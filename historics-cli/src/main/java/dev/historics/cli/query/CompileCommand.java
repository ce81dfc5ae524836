package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.filter.TargetDictionary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stores a rule, so that others can name it. */
@Command(
    name = "compile",
    description = "Check and store a rule; print the hash by which other rules can name it.",
    footer = {
      "",
      "Examples: historics compile rule.csdl",
      "          historics compile --csdl 'tag \"rainy\" { interaction.content contains \"rain\" }'",
      "",
      "Other rules use its filter with: stream \"HASH\", and its tags with: tags \"HASH\"."
    })
public final class CompileCommand implements Callable<Integer> {
  @Mixin RuleArgument rule;

  @Option(
      names = "--source",
      paramLabel = "S",
      split = ",",
      description = "sources whose targets the rule may name (default: those it mentions)")
  List<String> sources;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    RuleArgument.Rule given = rule.read(session);
    TargetDictionary dictionary =
        Compiler.dictionary(installation, given, Optional.ofNullable(sources));
    Optional<Definition> definition = Compiler.check(session, installation, given, dictionary);
    if (definition.isEmpty()) {
      return ExitCode.USAGE.number();
    }
    Definition sound = definition.get();
    boolean stored = Compiler.store(session, installation, sound.hash(), sound.text());
    print(session, sound, stored);
    Undeclared.remark(session, sound, dictionary);
    return ExitCode.OK.number();
  }

  private static void print(Session session, Definition definition, boolean stored) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("hash", definition.hash());
    answer.put("complexity", definition.complexity());
    answer.put("targets", definition.targets());
    answer.put("stored", stored);
    session.printer().answer(answer, definition.hash());
    session
        .printer()
        .hint(
            "%s: complexity %d, targets %s"
                .formatted(
                    stored ? "stored" : "stored before",
                    definition.complexity(),
                    String.join(", ", definition.targets())));
  }
}
