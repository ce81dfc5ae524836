package dev.historics.cli.wiring;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.filter.Target;
import dev.historics.filter.TargetDictionary;
import dev.historics.jobs.Dialect;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The sources that this installation knows: those with a mapping in the home or among the shipped
 * ones, and those whose namespace stands in the standard dictionary, whose records are interactions
 * already. A mapping is read when it is asked for, from the file that bears its source's name.
 */
public final class Sources {
  /** What any interaction can have, besides its source's own fields. */
  private static final Set<String> COMMON =
      Set.of("interaction", "language", "links", "salience", "klout", "demographic", "trends");

  /**
   * Every sealed row has its id anyway, raw content mostly is the content once more, and the others
   * are computed.
   */
  private static final Set<String> NOT_STORED =
      Set.of("interaction.id", "interaction.raw_content", "interaction.sample", "interaction.age");

  private static final Pattern NAMESPACE = Pattern.compile("\\b([a-z0-9_]+)\\.[a-z0-9_]");

  private final List<Path> folders;
  private final Map<String, Optional<SourceMapping>> read = new HashMap<>();
  private final AddedTargets added;

  Sources(Session session, AddedTargets added) throws CliException {
    this.added = added;
    this.folders = List.of(session.folder("sources.dir"), session.shippedConf().resolve("sources"));
  }

  /** The mapping of a source. */
  public SourceMapping mapping(String source) throws CliException {
    Optional<SourceMapping> mapping = find(source);
    if (mapping.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "there is no source '%s'; known with a mapping: %s"
              .formatted(Printer.printable(source), String.join(", ", mapped())),
          "give a mapping with --mapping FILE, or put one into %s as %s.yaml"
              .formatted(folders.get(0), Printer.printable(source)));
    }
    return mapping.get();
  }

  /** The mapping of a source, if it has one. */
  public Optional<SourceMapping> find(String source) throws CliException {
    Optional<SourceMapping> known = read.get(source);
    if (known == null) {
      known = load(source);
      read.put(source, known);
    }
    return known;
  }

  /** The mapping of a source in a file of somebody's choice. */
  public static SourceMapping mapping(String source, Path file) throws CliException {
    SourceMapping mapping = load(file);
    if (!mapping.source().equals(source)) {
      throw CliException.usage(
          "%s is for source '%s', not for '%s'".formatted(file, mapping.source(), source),
          "give the --source that the mapping names");
    }
    return mapping;
  }

  private Optional<SourceMapping> load(String source) throws CliException {
    if (source.matches("[a-z0-9_]+")) {
      for (Path folder : folders) {
        Path file = folder.resolve(source + ".yaml");
        if (Files.exists(file)) {
          return Optional.of(load(file));
        }
      }
    }
    boolean standard =
        TargetDictionary.standard().targets().stream()
            .anyMatch(target -> target.name().startsWith(source + "."));
    return standard && !COMMON.contains(source)
        ? Optional.of(SourceMapping.datasift(source))
        : Optional.empty();
  }

  /** The mapping in a file. */
  public static SourceMapping load(Path file) throws CliException {
    try {
      return SourceMapping.load(file);
    } catch (InvalidMappingException e) {
      throw new CliException(ExitCode.USAGE, e.getMessage(), "correct the mapping", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "the mapping %s cannot be read".formatted(file),
          "check the path and the rights on the file",
          e);
    }
  }

  /** The sources with a mapping in the home or among the shipped ones. */
  public SortedSet<String> mapped() throws CliException {
    SortedSet<String> names = new TreeSet<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.yaml")) {
          files.forEach(file -> names.add(file.getFileName().toString().replace(".yaml", "")));
        } catch (IOException e) {
          throw new CliException(
              ExitCode.FAILED,
              "the folder %s cannot be read".formatted(folder),
              "check the rights on it",
              e);
        }
      }
    }
    return names;
  }

  /** How rules read a source: as its mapping says, if it has one, and with what was added. */
  public Dialect dialect(String source) throws CliException {
    return dialect(source, added.of(source));
  }

  private Dialect dialect(String source, List<TargetColumn> more) throws CliException {
    return find(source).map(Dialect::of).orElseGet(() -> Dialect.unmapped(source)).with(more);
  }

  /** How rules read these sources. */
  public List<Dialect> dialects(Collection<String> sources) throws CliException {
    List<Dialect> dialects = new ArrayList<>();
    for (String source : sources) {
      dialects.add(dialect(source));
    }
    return dialects;
  }

  /** The targets that a rule over these sources can name. */
  public TargetDictionary dictionary(Collection<String> sources) throws CliException {
    return Dialect.dictionary(dialects(sources));
  }

  /**
   * The targets that a rule can name over what a mapping makes, and over what its source was
   * augmented with. The archive is not asked unless the rule names something else.
   */
  public TargetDictionary dictionary(SourceMapping mapping, String rule) throws CliException {
    Dialect dialect = Dialect.of(mapping);
    List<String> named = new ArrayList<>(List.of(mapping.source()));
    dialect.targets().forEach(target -> named.add(namespace(target.name())));
    Dialect whole =
        namesUnknown(rule.toLowerCase(Locale.ROOT), named)
            ? dialect.with(added.of(mapping.source()))
            : dialect;
    return Dialect.dictionary(List.of(whole));
  }

  /** The targets that a rule can name, when it is not known for which sources it is meant. */
  public TargetDictionary dictionary(String rule) throws CliException {
    String text = rule.toLowerCase(Locale.ROOT);
    List<String> named = new ArrayList<>();
    for (String source : mapped()) {
      if (text.contains(source + ".")) {
        named.add(source);
      }
    }
    if (namesUnknown(text, named)) {
      for (String source : added.sources()) {
        boolean isAsked =
            added.of(source).stream()
                .anyMatch(column -> text.contains(namespace(column.target()) + "."));
        if (isAsked && !named.contains(source)) {
          named.add(source);
        }
      }
    }
    return dictionary(named);
  }

  /** Whether a rule may name targets that neither the standard nor a mapping has. */
  private static boolean namesUnknown(String rule, List<String> named) {
    Set<String> known = new HashSet<>(named);
    TargetDictionary.standard().targets().forEach(target -> known.add(namespace(target.name())));
    return NAMESPACE.matcher(rule).results().anyMatch(each -> !known.contains(each.group(1)));
  }

  private static String namespace(String target) {
    return target.substring(0, target.indexOf('.'));
  }

  /**
   * Whether a namespace is taken, so that a source cannot be augmented with it: by what
   * interactions can have anyway, or by what a mapping makes.
   */
  public boolean hasNamespace(String source, String namespace) throws CliException {
    return TargetDictionary.standard().targets().stream()
            .anyMatch(target -> namespace(target.name()).equals(namespace))
        || namespace.equals(source)
        || mapped().contains(namespace)
        || find(source).stream()
            .flatMap(mapping -> Dialect.of(mapping).targets().stream())
            .anyMatch(declared -> namespace(declared.name()).equals(namespace));
  }

  /**
   * The targets that a rule over a source can name: what any interaction can have, the source's own
   * fields, and what its mapping declares and augmentations added. Any other field of its original
   * objects is text.
   */
  public List<KnownTarget> targets(String source) throws CliException {
    return targets(dialect(source));
  }

  private static List<KnownTarget> targets(Dialect dialect) {
    String source = dialect.source();
    Set<String> declared = new HashSet<>();
    dialect.targets().forEach(target -> declared.add(target.name()));
    List<KnownTarget> known = new ArrayList<>();
    for (Target target : Dialect.dictionary(List.of(dialect)).targets()) {
      String namespace = namespace(target.name());
      if (COMMON.contains(namespace)
          || namespace.equals(source)
          || declared.contains(target.name())) {
        known.add(known(target, source));
      }
    }
    return known;
  }

  private static KnownTarget known(Target target, String source) {
    boolean standard =
        TargetDictionary.standard().find(target.name()).filter(target::equals).isPresent();
    return new KnownTarget(target, standard ? "" : source);
  }

  /** The targets of the standard dictionary, and what mappings declare and augmentations added. */
  public List<KnownTarget> targets() throws CliException {
    List<KnownTarget> known = new ArrayList<>();
    TargetDictionary.standard().targets().forEach(target -> known.add(new KnownTarget(target, "")));
    SortedSet<String> sources = mapped();
    sources.addAll(added.sources());
    for (String source : sources) {
      targets(source).stream().filter(each -> !each.source().isEmpty()).forEach(known::add);
    }
    known.sort(
        Comparator.comparing((KnownTarget each) -> each.target().name())
            .thenComparing(KnownTarget::source));
    return known;
  }

  /** The targets that sealed days of a source keep in columns. */
  public List<TargetColumn> columns(String source) throws CliException {
    return columns(dialect(source));
  }

  /** The same, once augmentations have added {@code more} and nothing else. */
  public List<TargetColumn> columns(String source, List<TargetColumn> more) throws CliException {
    return columns(dialect(source, more));
  }

  private static List<TargetColumn> columns(Dialect dialect) {
    return targets(dialect).stream()
        .map(KnownTarget::target)
        .filter(target -> !NOT_STORED.contains(target.name()))
        .map(
            target ->
                new TargetColumn(target.name(), TargetColumn.Kind.valueOf(target.type().name())))
        .toList();
  }
}
