package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.filter.Definition;
import dev.historics.filter.TargetDictionary;
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

/** Checks a rule without running it. */
@Command(
    name = "validate",
    description = "Check a rule; print its hash, complexity and targets, or all its errors.",
    footer = {
      "",
      "Examples: historics validate rule.csdl",
      "          historics validate --csdl 'interaction.content contains \"solar power\"'"
    })
public final class ValidateCommand implements Callable<Integer> {
  @Mixin RuleArgument rule;

  @Option(
      names = "--source",
      paramLabel = "S",
      split = ",",
      description = "sources whose targets the rule may name (default: those it mentions)")
  List<String> sources;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    RuleArgument.Rule given = rule.read(session);
    TargetDictionary dictionary =
        Compiler.dictionary(installation, given, Optional.ofNullable(sources));
    Optional<Definition> definition = Compiler.check(session, installation, given, dictionary);
    definition.ifPresent(
        each -> {
          valid(session, each);
          Undeclared.remark(session, each, dictionary);
        });
    return (definition.isPresent() ? ExitCode.OK : ExitCode.USAGE).number();
  }

  private static void valid(Session session, Definition definition) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("valid", true);
    answer.put("hash", definition.hash());
    answer.put("complexity", definition.complexity());
    answer.put("targets", definition.targets());
    session
        .printer()
        .answer(
            answer,
            "valid: hash %s, complexity %d, targets %s"
                .formatted(
                    definition.hash(),
                    definition.complexity(),
                    String.join(", ", definition.targets())));
  }
}
