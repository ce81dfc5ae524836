package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Nearest;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.KnownTarget;
import dev.historics.filter.syntax.Spelling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what rules can ask about. */
@Command(
    name = "targets",
    description = "List the targets that rules can name, with their types.",
    footer = {
      "",
      "Types are text, int, float and geo (a place); [] marks targets that often have several values.",
      "Examples: historics targets twitter",
      "          historics targets --like followers"
    })
public final class TargetsCommand implements Callable<Integer> {
  private static final int NEAREST_MAX = 3;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..1",
      description = "only what a rule over this source can name (default: all there is)")
  String source;

  @Option(
      names = "--like",
      paramLabel = "TEXT",
      description = "only targets with this in their name or note, in upper or lower case")
  String like;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CliException, IOException {
    Session session = Session.of(spec);
    Installation installation = new Installation(session);
    List<KnownTarget> all =
        source == null ? installation.sources().targets() : ofSource(installation);
    List<KnownTarget> found = all.stream().filter(this::isLike).toList();
    if (found.isEmpty()) {
      throw nothingLike(all);
    }
    print(session, found);
    if (source != null) {
      session
          .printer()
          .hint("any other field under '%s.' can be named too, as text".formatted(source));
    }
    return ExitCode.OK.number();
  }

  /** A source may be known by its archived days alone, having come in with --mapping. */
  private List<KnownTarget> ofSource(Installation installation) throws CliException, IOException {
    if (installation.sources().find(source).isEmpty()
        && !installation.archive().sources().contains(source)) {
      SortedSet<String> known = installation.sources().mapped();
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no source '%s'; known with a mapping: %s"
              .formatted(source, String.join(", ", known)),
          Nearest.to(source, known)
              .map("did you mean '%s'?"::formatted)
              .orElse("'historics targets' lists the targets of all sources"));
    }
    return installation.sources().targets(source);
  }

  private boolean isLike(KnownTarget known) {
    if (like == null) {
      return true;
    }
    String wanted = like.toLowerCase(Locale.ROOT);
    return known.target().name().contains(wanted)
        || known.target().note().toLowerCase(Locale.ROOT).contains(wanted);
  }

  private CliException nothingLike(List<KnownTarget> all) {
    List<String> nearest = nearest(all.stream().map(known -> known.target().name()).toList());
    return new CliException(
        ExitCode.NOT_FOUND,
        "no target%s has '%s' in its name or note"
            .formatted(source == null ? "" : " of '" + source + "'", like),
        nearest.isEmpty()
            ? "'historics targets%s' lists them all".formatted(source == null ? "" : " " + source)
            : "the nearest: " + String.join(", ", nearest));
  }

  /** Names that are a few slips away, or that have a part which is. */
  private List<String> nearest(List<String> names) {
    String wanted = like.toLowerCase(Locale.ROOT);
    Set<String> nearest = new LinkedHashSet<>(Spelling.nearest(wanted, names, NEAREST_MAX));
    for (String part : Spelling.nearest(wanted, parts(names), NEAREST_MAX)) {
      names.stream()
          .filter(name -> List.of(name.split("\\.")).contains(part))
          .forEach(nearest::add);
    }
    return nearest.stream()
        .sorted(Comparator.comparing(name -> !name.startsWith("interaction.")))
        .limit(NEAREST_MAX)
        .toList();
  }

  private static Collection<String> parts(List<String> names) {
    Set<String> parts = new TreeSet<>();
    names.forEach(name -> parts.addAll(List.of(name.split("\\."))));
    return parts;
  }

  private static void print(Session session, List<KnownTarget> found) {
    boolean forPeople = session.printer().forPeople();
    List<String> columns = new ArrayList<>(List.of("target", "type", "source", "note"));
    if (!forPeople) {
      columns.add(2, "array");
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (KnownTarget known : found) {
      String type = known.target().type().name().toLowerCase(Locale.ROOT);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("target", known.target().name());
      if (forPeople) {
        row.put("type", known.target().array() ? type + "[]" : type);
      } else {
        row.put("type", type);
        row.put("array", known.target().array());
      }
      if (!known.source().isEmpty()) {
        row.put("source", known.source());
      }
      row.put("note", known.target().note());
      table.add(row);
    }
    session.printer().table(table);
  }
}
