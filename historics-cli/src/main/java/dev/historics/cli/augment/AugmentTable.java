package dev.historics.cli.augment;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Nearest;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.wiring.Installation;
import dev.historics.cli.wiring.Sources;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import dev.historics.filter.ValueType;
import dev.historics.filter.syntax.Parser;
import dev.historics.jobs.AugmentJob;
import dev.historics.jobs.join.InvalidTableException;
import dev.historics.jobs.join.SideTable;
import dev.historics.jobs.join.UnknownColumnException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which table is joined, and on what. */
final class AugmentTable {
  /** Made from an interaction when it is asked for, or new with each day that passes. */
  private static final Set<String> COMPUTED = Set.of("interaction.sample", "interaction.age");

  private static final int NEAREST_MAX = 3;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      description = "the table: a file here, or an address such as hdfs://…")
  String table;

  @Option(
      names = "--on",
      paramLabel = "TARGET=COLUMN",
      required = true,
      description = "the target that is looked up, and the table's column that has its values")
  String on;

  @Option(
      names = "--as",
      paramLabel = "NAMESPACE",
      required = true,
      description = "what the new targets begin with: lower-case letters, digits and _")
  String namespace;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "only these columns, as the table names them or as rules do (default: all but the key)")
  List<String> columns;

  /** What is to be joined, checked. */
  AugmentJob.Request request(
      Installation installation,
      AugmentJob job,
      String source,
      Augmentation.Join join,
      boolean isTrial)
      throws CliException, IOException {
    Sources sources = installation.sources();
    requireNamespace(sources, source);
    int equals = on.indexOf('=');
    if (equals <= 0 || equals == on.length() - 1) {
      throw CliException.usage(
          "--on: expected TARGET=COLUMN, got '%s'".formatted(on),
          "such as --on interaction.author.username=author_id");
    }
    Target target = target(sources, source, on.substring(0, equals));
    String key = on.substring(equals + 1);
    AugmentJob.Table opened = open(job, key);
    Augmentation augmentation =
        new Augmentation(
            namespace,
            target.name(),
            opened.rows().key(),
            opened.rows().columns().stream().map(this::target).toList(),
            join,
            opened.name(),
            opened.sha256(),
            installation.archive().clock().instant(),
            0);
    return new AugmentJob.Request(
        source,
        opened,
        target.type(),
        augmentation,
        declared -> considered(sources, source, declared.columns()),
        isTrial);
  }

  private static List<TargetColumn> considered(
      Sources sources, String source, List<TargetColumn> added) {
    try {
      return sources.columns(source, added);
    } catch (CliException e) {
      throw new IllegalStateException("the mapping of '%s' was read before".formatted(source), e);
    }
  }

  private void requireNamespace(Sources sources, String source) throws CliException {
    if (!Augmentation.isNamespace(namespace)) {
      throw CliException.usage(
          "--as: expected lower-case letters, digits and '_', got '%s'".formatted(namespace),
          "such as --as author");
    }
    if (!Parser.parse(namespace + ".x exists").problems().list().isEmpty()) {
      throw CliException.usage(
          "--as: '%s' is a word of the rules' language: no rule could name '%s.x'"
              .formatted(namespace, namespace),
          "choose another name, such as author");
    }
    if (sources.hasNamespace(source, namespace)) {
      throw CliException.usage(
          "--as: interactions of '%s' can have a '%s' of their own".formatted(source, namespace),
          "choose another name; 'historics targets %s' lists those that are taken"
              .formatted(source));
    }
  }

  private Target target(Sources sources, String source, String text) throws CliException {
    String name = text.toLowerCase(Locale.ROOT);
    TargetDictionary dictionary = sources.dictionary(List.of(source));
    Target target =
        dictionary
            .find(name)
            .orElseThrow(
                () ->
                    CliException.usage(
                        "--on: '%s' has no target '%s'".formatted(source, Printer.printable(text)),
                        didYouMean(dictionary.nearest(name, NEAREST_MAX), source)));
    if (COMPUTED.contains(name) || name.startsWith(namespace + ".")) {
      throw CliException.usage(
          "--on: '%s' is %s"
              .formatted(name, COMPUTED.contains(name) ? "computed" : "what is to be replaced"),
          "name a target that interactions have of their own");
    }
    if (target.type() != ValueType.TEXT && target.type() != ValueType.INT) {
      throw CliException.usage(
          "--on: '%s' is %s; expected a target of texts or whole numbers"
              .formatted(name, target.type().name().toLowerCase(Locale.ROOT)),
          "'historics targets %s' lists them with their types".formatted(source));
    }
    return target;
  }

  private static String didYouMean(List<String> nearest, String source) {
    return nearest.isEmpty()
        ? "'historics targets %s' lists them".formatted(source)
        : "did you mean %s?".formatted(String.join(" or ", nearest));
  }

  private AugmentJob.Table open(AugmentJob job, String key) throws CliException, IOException {
    try {
      AugmentJob.Table opened =
          job.open(address(), key, Objects.requireNonNullElse(columns, List.of()));
      if (!opened.rows().hasColumns()) {
        throw CliException.usage(
            "the table %s has no column but its key".formatted(Printer.printable(table)),
            "what would be added? name a table that says something about its keys");
      }
      return opened;
    } catch (UnknownColumnException e) {
      throw CliException.usage(
          Printer.printable(e.getMessage()),
          Nearest.to(e.asked(), e.names())
              .map(name -> "did you mean '%s'?".formatted(Printer.printable(name)))
              .orElse("correct --on or --columns"));
    } catch (InvalidTableException e) {
      throw CliException.usage(
          Printer.printable(e.getMessage()),
          "correct the table, or say with --on and --columns which of its columns are joined");
    }
  }

  private URI address() throws CliException {
    if (Session.isAddress(table)) {
      try {
        return new URI(table);
      } catch (URISyntaxException e) {
        throw CliException.usage(
            "--table: expected a file or an address, got '%s'".formatted(Printer.printable(table)),
            "such as authors.csv or hdfs://nn:8020/tables/authors.parquet");
      }
    }
    Path file = Path.of(table).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the table %s does not exist".formatted(Printer.printable(table)),
          "check --table");
    }
    if (!Files.isRegularFile(file)) {
      throw CliException.usage(
          "--table: expected a file, found %s, which is none".formatted(Printer.printable(table)),
          "the table is read several times; write what a pipe gives to a file first");
    }
    return file.toUri();
  }

  private TargetColumn target(SideTable.Column column) {
    return new TargetColumn(
        namespace + "." + column.name().toLowerCase(Locale.ROOT), column.kind());
  }
}
