package dev.historics.cli;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.cli.session.LogSetup;
import dev.historics.cli.session.Nearest;
import dev.historics.cli.session.OutputClosedException;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Surroundings;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the {@code historics} command and turns what goes wrong into a message and an exit code. */
public final class Main {
  private static final int HELP_WIDTH = 100;
  private static final int OUTPUT_BYTES = 1 << 13;

  private Main() {}

  public static void main(String[] args) {
    process(List.of(args), surroundings -> run(surroundings, args));
  }

  /** Runs a program with what this process has, and ends the process with its exit code. */
  static void process(List<String> words, ToIntFunction<Surroundings> program) {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Surroundings surroundings =
        new Surroundings(
            System.in,
            new PrintStream(
                new BufferedOutputStream(output, OUTPUT_BYTES), false, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            System.getenv(),
            Boolean.getBoolean("historics.terminal"),
            InstantSource.system());
    if (!words.contains("--verbose") && !words.contains("-v")) {
      silenceLibraries();
    }
    int exitCode = program.applyAsInt(surroundings);
    surroundings.out().flush();
    if (output.failure().isPresent()) {
      String reason = oneLine(output.failure().get());
      failed("the standard output cannot be written: " + reason, surroundings.err());
      exitCode = ExitCode.FAILED.number();
    }
    System.exit(exitCode);
  }

  /** Hadoop and Crunch print to the terminal, and their threads die with a stack trace there. */
  private static void silenceLibraries() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) ->
            LoggerFactory.getLogger(Main.class).error("thread died name={}", thread.getName(), e));
  }

  /** Runs one command line; returns its exit code. */
  public static int run(Surroundings surroundings, String... args) {
    Historics root = new Historics(surroundings);
    CommandLine line = new CommandLine(root);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new java.io.PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, arguments) -> usage(e, surroundings.err()));
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> failure(e, command, root, surroundings.err()));
    line.setExecutionStrategy(parsed -> execute(parsed, root));
    try {
      return line.execute(args);
    } catch (Error e) {
      // Such as no memory left: told like any failure, since nothing above does.
      return failure(new IllegalStateException(e), line, root, surroundings.err());
    }
  }

  private static int execute(ParseResult parsed, Historics root) {
    LogSetup.prepare(logs(root), root.verbose());
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The settings may be what is wrong; the log must not be the place where that is found out. */
  private static Path logs(Historics root) {
    try {
      return root.session().folder("logs.dir");
    } catch (CliException e) {
      return root.session().home().resolve("logs");
    }
  }

  private static int usage(ParameterException e, PrintStream err) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched.getUnmatched().get(0), command);
    }
    err.println("historics: " + Printer.printable(message));
    err.println(howToUse(command));
    return ExitCode.USAGE.number();
  }

  private static String unmatched(String word, CommandSpec command) {
    if (word.startsWith("-")) {
      return "'%s' has no option '%s'%s"
          .formatted(command.qualifiedName(), word, hint(word, command.optionsMap().keySet()));
    }
    return command.subcommands().isEmpty()
        ? "'%s' takes no argument '%s'".formatted(command.qualifiedName(), word)
        : "'%s' has no command '%s'%s"
            .formatted(command.qualifiedName(), word, hint(word, command.subcommands().keySet()));
  }

  private static String hint(String word, Set<String> known) {
    return Nearest.to(word, known).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static String howToUse(CommandSpec command) {
    return "'%s --help' shows how it is used".formatted(command.qualifiedName());
  }

  private static int failure(Exception e, CommandLine command, Historics root, PrintStream err) {
    if (e instanceof OutputClosedException) {
      // Whether that is a failure, the standard output itself knows best.
      return ExitCode.OK.number();
    }
    if (root.verbose()) {
      e.printStackTrace(err);
    }
    if (e instanceof CliException known) {
      err.println("historics: " + Printer.printableLines(known.getMessage()));
      if (!known.advice().isEmpty()) {
        err.println(Printer.printableLines(known.advice()));
      } else if (known.exitCode() == ExitCode.USAGE) {
        err.println(howToUse(command.getCommandSpec()));
      }
      return known.exitCode().number();
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      failed(oneLine(e instanceof UncheckedIOException ? e.getCause() : e), err);
      return ExitCode.FAILED.number();
    }
    err.println("historics: a fault in the program: " + Printer.printable(oneLine(e)));
    err.println("run it again with --verbose and report what it prints");
    return ExitCode.FAILED.number();
  }

  /** Says why, and what to do: our messages about the world hold both, with a semicolon between. */
  private static void failed(String message, PrintStream err) {
    int advice = message.lastIndexOf("; ");
    err.println(
        "historics: " + Printer.printable(advice < 0 ? message : message.substring(0, advice)));
    if (advice >= 0) {
      err.println(Printer.printable(message.substring(advice + 2)));
    } else if (message.contains("No space left on device")) {
      err.println("free some space on that disk and run the command again");
    } else {
      err.println("--verbose shows where in the program it failed");
    }
  }

  private static String oneLine(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied: " + message;
    }
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such file: " + message;
    }
    boolean sentence = message.contains(" ");
    return sentence ? message : e.getClass().getSimpleName() + ": " + message;
  }
}
