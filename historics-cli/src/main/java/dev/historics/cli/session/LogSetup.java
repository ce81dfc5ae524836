package dev.historics.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Sends the log to a file in the home. The JDK makes one of these when something is first logged,
 * so that a command that logs nothing pays nothing.
 */
public final class LogSetup {
  private static final String FOLDER = "historics.logs";
  private static final String CONSOLE = "historics.logs.console";
  private static final int BYTES_PER_FILE = 10 << 20;
  private static final int FILES = 5;

  /**
   * Arranges that the first log line is met with {@code folder}.
   *
   * @param console whether the log also goes to the terminal
   */
  public static void prepare(Path folder, boolean console) {
    System.setProperty("java.util.logging.config.class", LogSetup.class.getName());
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tTZ %4$s %3$s %5$s%6$s%n");
    System.setProperty(FOLDER, folder.toString());
    System.setProperty(CONSOLE, Boolean.toString(console));
  }

  /** Called by the JDK. */
  public LogSetup() {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger.getLogger("dev.historics").setLevel(Level.INFO);
    if (Boolean.getBoolean(CONSOLE)) {
      add(root, new ConsoleHandler());
    }
    try {
      Path folder = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
      Handler file = new FileHandler(folder + "/historics-%u.%g.log", BYTES_PER_FILE, FILES, true);
      // A log that cannot be written, such as on a full disk, must not fill the terminal.
      file.setErrorManager(new Silence());
      add(root, file);
    } catch (IOException e) {
      // A home that cannot be written has its own message; the command goes on without a log.
      add(root, new ConsoleHandler());
    }
  }

  private static final class Silence extends ErrorManager {
    @Override
    public void error(String message, Exception cause, int code) {
      // The command itself tells what its trouble is.
    }
  }

  private static void add(Logger root, Handler handler) {
    handler.setLevel(Level.ALL);
    handler.setFormatter(new SimpleFormatter());
    root.addHandler(handler);
  }
}
