package dev.historics.cli;

import dev.historics.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells which version runs, and on what. */
@Command(
    name = "version",
    description = "Print the versions of the program and of its Java.",
    footer = {"", "Example: historics version --output json"})
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec CommandSpec spec;

  /** The version of the build; {@code development} when run from classes that no build packaged. */
  static String version() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"historics " + version()};
  }

  @Override
  public Integer call() {
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("historics", version());
    versions.put("java", Runtime.version().toString());
    versions.put("vendor", System.getProperty("java.vendor"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    String text =
        "historics %s (Java %s, %s)"
            .formatted(versions.get("historics"), versions.get("java"), versions.get("os"));
    Session.of(spec).printer().answer(versions, text);
    return 0;
  }
}
