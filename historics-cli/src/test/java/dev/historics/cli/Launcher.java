package dev.historics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program as users have it: an unpacked distribution, one process a command, one home. */
final class Launcher {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path program;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param program an unpacked distribution
   * @param folder where commands are started; the home is below it
   */
  Launcher(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
    environment.put("HISTORICS_HOME", folder.resolve("home").toString());
    // No background process may still write into folders that a test has done with.
    environment.put("HISTORICS_NO_CDS", "1");
    environment.put("HOME", folder.toString());
  }

  /** Unpacks the distribution of this build, outside of the checkout. */
  static Path unpack(Path into) throws IOException, InterruptedException {
    Path archive = Path.of(System.getProperty("historics.distribution"));
    Files.createDirectories(into);
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", into.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    try (var folders = Files.list(into)) {
      return folders.findFirst().orElseThrow();
    }
  }

  Launcher with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Launcher without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Starts a command. */
  Command start(String... arguments) throws IOException {
    // A process started in the background of a script would ignore SIGINT, and so would ours.
    List<String> line =
        new ArrayList<>(
            List.of("env", "--default-signal=INT", program.resolve("bin/historics").toString()));
    line.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HISTORICS_"));
    builder.environment().putAll(environment);
    return new Command(String.join(" ", arguments), builder.start());
  }

  /** Runs a command that must end well; its standard output. */
  String ok(String... arguments) throws IOException, InterruptedException {
    Command command = start(arguments);
    command.closeInput();
    assertThat(command.exitCode()).as("%s", command).isZero();
    return command.out();
  }

  JsonNode json(String... arguments) throws IOException, InterruptedException {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--output";
    all[arguments.length + 1] = "json";
    return JSON.readTree(ok(all));
  }
}
