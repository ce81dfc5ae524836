package dev.historics.cli.session;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * All settings, each from the strongest place that names it: {@code -D}, the environment, the
 * home's file, the shipped defaults. The shipped file is the list of what can be set; any other key
 * is an error.
 */
public final class Settings {
  private static final Pattern SIZE = Pattern.compile("([0-9]+) ?(B|KB|MB|GB)");
  private static final Pattern DURATION = Pattern.compile("([0-9]+) ?(ms|s|m|h|d)");

  /** Longer times are taken for typing errors: a century. */
  private static final Duration DURATION_MAX = Duration.ofDays(36_525);

  private final Map<String, Setting> settings;

  private Settings(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Reads the four places.
   *
   * @param shipped the file with the defaults
   * @param own the home's file; need not exist
   * @param flags each {@code key=value}
   * @throws CliException if a file cannot be read, or for keys that do not exist, all together
   */
  public static Settings load(
      Path shipped, Path own, Map<String, String> environment, List<String> flags)
      throws CliException {
    Map<String, Setting> found = new LinkedHashMap<>();
    read(shipped).forEach((key, value) -> found.put(key, new Setting(key, value, "default")));
    List<String> problems = new ArrayList<>();
    if (Files.exists(own)) {
      read(own).forEach((key, value) -> put(found, problems, key, value, own.toString()));
    }
    for (String key : List.copyOf(found.keySet())) {
      String variable = "HISTORICS_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
      String value = environment.get(variable);
      if (value != null) {
        put(found, problems, key, value, "environment " + variable);
      }
    }
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      if (equals < 1) {
        problems.add("-D: expected KEY=VALUE such as scheduler.pool=5, got '%s'".formatted(flag));
      } else {
        put(found, problems, flag.substring(0, equals), flag.substring(equals + 1), "option -D");
      }
    }
    if (!problems.isEmpty()) {
      throw CliException.usage(
          String.join("; ", problems), "'historics config show' lists every setting");
    }
    return new Settings(found);
  }

  private static void put(
      Map<String, Setting> found, List<String> problems, String key, String value, String origin) {
    if (found.containsKey(key)) {
      found.put(key, new Setting(key, value, origin));
    } else {
      String hint =
          Nearest.to(key, found.keySet()).map(", did you mean '%s'?"::formatted).orElse("");
      problems.add("%s: no such setting '%s'%s".formatted(origin, key, hint));
    }
  }

  private static Map<String, String> read(Path file) throws CliException {
    try {
      Object root =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      Map<String, String> flat = new LinkedHashMap<>();
      if (root instanceof Map<?, ?> map) {
        flatten("", map, flat);
      } else if (root != null) {
        throw CliException.usage(
            "%s: expected lines such as 'scheduler.pool: 5'".formatted(file),
            "'historics config show' lists every setting");
      }
      return flat;
    } catch (YamlEngineException e) {
      throw new CliException(
          ExitCode.USAGE,
          notYaml(file, e),
          "correct the file; it has lines such as 'scheduler.pool: 5'",
          e);
    } catch (CharacterCodingException e) {
      throw new CliException(
          ExitCode.USAGE, "%s is not UTF-8".formatted(file), "save the file as UTF-8", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "the settings in %s cannot be read: %s".formatted(file, e.getMessage()),
          "check the rights on the file",
          e);
    }
  }

  private static String notYaml(Path file, YamlEngineException e) {
    if (e instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Mark mark = marked.getProblemMark().get();
      return "%s:%d:%d: not YAML: %s"
          .formatted(file, mark.getLine() + 1, mark.getColumn() + 1, marked.getProblem());
    }
    return "%s: not YAML: %s".formatted(file, e.getMessage().replaceAll("\\s+", " "));
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = prefix + entry.getKey();
      if (entry.getValue() instanceof Map<?, ?> nested) {
        flatten(key + ".", nested, flat);
      } else {
        flat.put(key, entry.getValue() == null ? "" : entry.getValue().toString());
      }
    }
  }

  /** Every setting, in the order of the shipped file. */
  public Collection<Setting> all() {
    return settings.values();
  }

  /** The value of a setting that the shipped file has. */
  public String text(String key) {
    return setting(key).value();
  }

  private Setting setting(String key) {
    Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalArgumentException("the shipped settings lack '%s'".formatted(key));
    }
    return setting;
  }

  /** A whole number, at least {@code least}. */
  public int whole(String key, int least) throws CliException {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number that is too small is.
    }
    throw wrong(key, "a whole number of at least " + least);
  }

  /** Whether it is {@code true}; it may be {@code false}, and nothing else. */
  public boolean yes(String key) throws CliException {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "true or false");
    };
  }

  /** A number of at least 0. */
  public double number(String key) throws CliException {
    try {
      double value = Double.parseDouble(text(key));
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a negative number is.
    }
    throw wrong(key, "a number of at least 0");
  }

  /** A number of bytes, written such as {@code 128MB}. */
  public long bytes(String key) throws CliException {
    return parseBytes(text(key)).orElseThrow(() -> wrong(key, "a size such as '512KB' or '1MB'"));
  }

  /**
   * A number of bytes such as {@code 512KB} or {@code 1MB}.
   *
   * @return none if it is not written so, or is not below 8 exabytes
   */
  public static OptionalLong parseBytes(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "KB" -> 1L << 10;
          case "MB" -> 1L << 20;
          case "GB" -> 1L << 30;
          default -> 1;
        };
    try {
      return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A length of time, written such as {@code 30s}. */
  public Duration duration(String key) throws CliException {
    return parseDuration(text(key))
        .orElseThrow(() -> wrong(key, "a duration such as '30s' or '5m'"));
  }

  /**
   * A length of time such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 7d}.
   *
   * @return none if it is not written so, or is longer than a century
   */
  public static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "ms" -> ChronoUnit.MILLIS;
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        };
    try {
      return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), unit))
          .filter(length -> length.compareTo(DURATION_MAX) <= 0);
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What to say of a setting whose value does not fit. */
  public CliException wrong(String key, String expected) {
    Setting setting = setting(key);
    return CliException.usage(
        "%s (%s): expected %s, got '%s'"
            .formatted(key, setting.origin(), expected, setting.shown()),
        "'historics config show' tells where each setting comes from");
  }
}
