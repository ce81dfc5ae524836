package dev.historics.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of the program: its options, home, settings and streams. Settings are read when asked
 * for.
 */
public final class Session {
  private static final String HOME_VARIABLE = "HISTORICS_HOME";

  private final GlobalOptions options;
  private final Surroundings surroundings;
  private final Printer printer;
  private Settings settings;

  /** The session of the process that {@code spec}'s command runs in. */
  public static Session of(CommandSpec spec) {
    return ((SessionHolder) spec.root().userObject()).session();
  }

  public Session(GlobalOptions options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
    this.printer =
        new Printer(surroundings.out(), surroundings.err(), options.output, options.quiet);
  }

  /** The installation's folder; it may not exist yet. */
  public Path home() {
    if (options.home != null) {
      return options.home.toAbsolutePath().normalize();
    }
    String variable = environment().getOrDefault(HOME_VARIABLE, "");
    if (!variable.isEmpty()) {
      return Path.of(variable).toAbsolutePath().normalize();
    }
    return Path.of(environment().getOrDefault("HOME", "."), ".historics").toAbsolutePath();
  }

  /** Where {@link #home} is said, in the words of a setting's origin. */
  public String homeOrigin() {
    if (options.home != null) {
      return "option --home";
    }
    return environment().getOrDefault(HOME_VARIABLE, "").isEmpty()
        ? "default"
        : "environment " + HOME_VARIABLE;
  }

  /** The home, made when it is not there, and found to be writable. */
  public Path writableHome() throws CliException {
    Path home = readableHome();
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw unusable(home, "it cannot be made: " + e.getMessage(), e);
    }
    if (!Files.isWritable(home)) {
      throw unusable(home, "it cannot be written", null);
    }
    return home;
  }

  /** The home, found to be a folder, or to be in one if it does not exist yet. */
  public Path readableHome() throws CliException {
    Path home = home();
    Path there = home;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw unusable(home, "%s is a file".formatted(there), null);
    }
    return home;
  }

  private static CliException unusable(Path home, String reason, IOException cause) {
    return new CliException(
        ExitCode.FAILED,
        "the home %s cannot be used: %s".formatted(home, reason),
        "give another one with --home DIR or HISTORICS_HOME, or change its permissions",
        cause);
  }

  /** The folder that the program was installed with: defaults and source mappings. */
  public Path shippedConf() throws CliException {
    String conf = System.getProperty("historics.conf", "conf");
    Path folder = Path.of(conf);
    if (!Files.isDirectory(folder)) {
      throw new CliException(
          ExitCode.FAILED,
          "the folder of the shipped settings is missing: %s".formatted(folder.toAbsolutePath()),
          "start the program with bin/historics or scripts/historics");
    }
    return folder;
  }

  public Settings settings() throws CliException {
    if (settings == null) {
      settings =
          Settings.load(
              shippedConf().resolve("historics.yaml"),
              home().resolve("conf").resolve("historics.yaml"),
              environment(),
              options.settings);
    }
    return settings;
  }

  /** A place that a setting names: an address with a scheme, or a path that starts at the home. */
  public URI place(String key) throws CliException {
    String value = settings().text(key);
    return isAddress(value) ? URI.create(value) : home().resolve(value).toUri();
  }

  /** Whether a place is an address with a scheme, and not a path. */
  public static boolean isAddress(String place) {
    return place.matches("[a-z][a-z0-9+.-]+://.*");
  }

  /** A folder on this machine that a setting names. */
  public Path folder(String key) throws CliException {
    return home().resolve(settings().text(key));
  }

  public Printer printer() {
    return printer;
  }

  public InputStream in() {
    return surroundings.in();
  }

  public Map<String, String> environment() {
    return surroundings.environment();
  }

  /** Settings of Hadoop that come before those of its files. */
  public Map<String, String> hadoop() {
    return surroundings.hadoop();
  }

  public InstantSource clock() {
    return surroundings.clock();
  }

  /** How answers are printed. */
  public OutputFormat format() {
    return options.output;
  }

  public boolean quiet() {
    return options.quiet;
  }

  public boolean verbose() {
    return options.verbose;
  }

  /** A new display of how far something is; it shows nothing when that was asked for. */
  public Progress progress() {
    return new Progress(
        surroundings.err(),
        surroundings.terminal(),
        !options.quiet && !options.noProgress,
        surroundings.clock());
  }
}
