package dev.historics.cli;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.GlobalOptions;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Setting;
import dev.historics.cli.session.Surroundings;
import dev.historics.cli.wiring.HadoopTool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same commands for those who start programs with {@code yarn jar lib/historics-cli-….jar
 * COMMAND}: the main class of that jar. It finds the shipped settings beside the jar's folder.
 */
public final class YarnJar {
  private static final String CONF = "historics.conf";

  private YarnJar() {}

  public static void main(String[] args) throws URISyntaxException {
    if (System.getProperty(CONF) == null) {
      System.setProperty(CONF, shippedConf().toString());
    }
    List<String> words = List.of(args);
    Main.process(words, surroundings -> run(surroundings, words));
  }

  /** Runs one command line; returns its exit code. */
  static int run(Surroundings surroundings, List<String> words) {
    try {
      return HadoopTool.run(
          (own, hadoop) -> Main.run(surroundings.with(hadoop), own.toArray(String[]::new)),
          words,
          settings(surroundings));
    } catch (IOException e) {
      surroundings.err().println("historics: " + Printer.printable(e.getMessage()));
      surroundings
          .err()
          .println("'yarn jar' takes -D KEY=VALUE, -conf FILE, -fs ADDRESS and the like");
      return ExitCode.USAGE.number();
    }
  }

  /** The names of the program's settings. */
  private static Set<String> settings(Surroundings surroundings) {
    try {
      return new Session(new GlobalOptions() {}, surroundings)
          .settings().all().stream().map(Setting::key).collect(Collectors.toSet());
    } catch (CliException e) {
      // The command itself will say what is wrong with them.
      return Set.of();
    }
  }

  /** In the folder beside that of the jar which was given to {@code yarn jar}. */
  private static Path shippedConf() throws URISyntaxException {
    if (YarnJar.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        Path file = Path.of(url.toURI());
        Path conf = file.resolveSibling("../conf").normalize();
        if (file.toString().endsWith(".jar")
            && Files.isRegularFile(conf.resolve("historics.yaml"))) {
          return conf;
        }
      }
    }
    return Path.of("conf");
  }
}
