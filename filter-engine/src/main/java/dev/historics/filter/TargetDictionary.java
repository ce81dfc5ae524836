package dev.historics.filter;

import dev.historics.filter.syntax.Spelling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The targets that rules may ask about. Immutable. */
public final class TargetDictionary {
  private static final String RESOURCE = "targets.tsv";

  /** What the names start with that every interaction has, whatever its source. */
  private static final String COMMON = "interaction.";

  private final NavigableMap<String, Target> declared;
  private final Set<String> openNamespaces;

  private TargetDictionary(NavigableMap<String, Target> declared, Set<String> openNamespaces) {
    this.declared = Collections.unmodifiableNavigableMap(declared);
    this.openNamespaces = Collections.unmodifiableSet(openNamespaces);
  }

  /** Reading the table waits until somebody needs it. */
  private static final class Standard {
    static final TargetDictionary INSTANCE = new TargetDictionary(read(), Set.of());
  }

  /** The documented targets of the old service, and what every interaction has. */
  public static TargetDictionary standard() {
    return Standard.INSTANCE;
  }

  /** These targets too; one that is declared already is replaced. */
  public TargetDictionary with(Collection<Target> targets) {
    NavigableMap<String, Target> all = new TreeMap<>(declared);
    targets.forEach(target -> all.put(target.name(), target));
    return new TargetDictionary(all, openNamespaces);
  }

  /**
   * Any name below {@code namespace} too, as text unless it is declared.
   *
   * @param namespace without the dot at its end, such as {@code trolltweets}
   */
  public TargetDictionary withOpenNamespace(String namespace) {
    if (!Target.isName(namespace + ".x")) {
      throw new IllegalArgumentException(
          "expected a namespace such as 'trolltweets', got '%s'".formatted(namespace));
    }
    Set<String> all = new TreeSet<>(openNamespaces);
    all.add(namespace);
    return new TargetDictionary(declared, all);
  }

  /** The target of that name, in upper or lower case. */
  public Optional<Target> find(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Target target = declared.get(lower);
    if (target == null && isOpen(lower)) {
      target = new Target(lower, ValueType.TEXT, false, "");
    }
    return Optional.ofNullable(target);
  }

  private boolean isOpen(String name) {
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      if (openNamespaces.contains(name.substring(0, dot))) {
        return Target.isName(name);
      }
    }
    return false;
  }

  /** The declared targets below {@code name}, which may be a group such as {@code links.meta}. */
  List<Target> below(String name) {
    return List.copyOf(declared.subMap(name + ".", name + "/").values());
  }

  /**
   * The declared names that somebody who wrote {@code name} may have meant, most likely first:
   * those a few slips away, then those of the same namespace that end the same way, the shortest
   * first. A name without a dot may be the end of one that every interaction has, or of any.
   */
  public List<String> nearest(String name, int max) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> nearest = new ArrayList<>(Spelling.nearest(lower, declared.keySet(), max));
    int dot = lower.indexOf('.');
    if (dot > 0) {
      String first = lower.substring(0, dot + 1);
      String last = lower.substring(lower.lastIndexOf('.'));
      declared.keySet().stream()
          .filter(other -> other.startsWith(first) && other.endsWith(last))
          .filter(other -> !nearest.contains(other))
          .sorted(Comparator.comparingInt(String::length))
          .forEach(nearest::add);
    } else if (nearest.isEmpty()) {
      List<String> ends =
          declared.keySet().stream().filter(other -> other.endsWith("." + lower)).toList();
      List<String> common = ends.stream().filter(other -> other.startsWith(COMMON)).toList();
      nearest.addAll(common.isEmpty() ? ends : common);
    }
    return nearest.stream().limit(max).toList();
  }

  /** All declared targets, by name. */
  public Collection<Target> targets() {
    return declared.values();
  }

  private static NavigableMap<String, Target> read() {
    NavigableMap<String, Target> targets = new TreeMap<>();
    try (InputStream stream = TargetDictionary.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Target target = parse(line);
        targets.put(target.name(), target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the table of targets cannot be read", e);
    }
    return targets;
  }

  /** Reads {@code name TAB type TAB note}, where the note may be left out. */
  private static Target parse(String line) {
    int first = line.indexOf('\t');
    int second = line.indexOf('\t', first + 1);
    String type = line.substring(first + 1, second < 0 ? line.length() : second);
    boolean array = type.endsWith("[]");
    String kind = array ? type.substring(0, type.length() - 2) : type;
    return new Target(
        line.substring(0, first),
        ValueType.valueOf(kind.toUpperCase(Locale.ROOT)),
        array,
        second < 0 ? "" : line.substring(second + 1));
  }
}
