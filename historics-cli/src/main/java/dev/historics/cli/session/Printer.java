package dev.historics.cli.session;

import static java.util.stream.Collectors.joining;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Stream;

/** Answers go to the standard output in the format asked for; everything else to the other one. */
public final class Printer {
  /** Marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm. */
  private static final String TURNING =
      "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

  private final PrintStream out;
  private final PrintStream err;
  private final OutputFormat format;
  private final boolean quiet;

  Printer(PrintStream out, PrintStream err, OutputFormat format, boolean quiet) {
    this.out = out;
    this.err = err;
    this.format = format;
    this.quiet = quiet;
  }

  /** Whether a person reads the answer, not a program. */
  public boolean forPeople() {
    return format == OutputFormat.TABLE;
  }

  /** A list of things. */
  public void table(Table table) {
    switch (format) {
      case TABLE -> out.print(table.aligned());
      case JSON -> out.println(Json.pretty(table.rows()));
      case JSONL -> table.rows().forEach(row -> out.println(Json.compact(row)));
      case CSV -> out.print(table.csv());
    }
  }

  /**
   * One thing.
   *
   * @param text how it is shown to people
   */
  public void answer(Map<String, ?> value, String text) {
    switch (format) {
      case TABLE -> out.println(text);
      case JSON -> out.println(Json.pretty(value));
      case JSONL -> out.println(Json.compact(value));
      case CSV -> {
        Table table = new Table(value.keySet().toArray(new String[0]));
        table.add(value);
        out.print(table.csv());
      }
    }
  }

  /**
   * Where many bytes that are themselves the answer go; writing fails with {@link
   * OutputClosedException} once nobody takes them. Each write is a step of its own: buffer it.
   */
  public OutputStream bytes() {
    return new Answer(out);
  }

  /**
   * Something that happened on the way to the answer: programs that read line by line get it as a
   * line of its own, all others on the side.
   */
  public void event(Map<String, ?> value, String text) {
    if (format == OutputFormat.JSONL) {
      out.println(Json.compact(value));
      out.flush();
    } else {
      hint(text);
    }
  }

  /** Where text that is itself the answer goes. */
  public PrintStream out() {
    return out;
  }

  /** A line on the side, such as what to do next; left out when quiet. */
  public void hint(String line) {
    if (!quiet) {
      err.println(line);
    }
  }

  /** A line that is shown even when quiet. */
  public void warn(String line) {
    err.println(line);
  }

  PrintStream err() {
    return err;
  }

  /** {@link #printable} for a text of several lines, which it keeps. */
  public static String printableLines(String text) {
    return Stream.of(text.split("\n", -1)).map(Printer::printable).collect(joining("\n"));
  }

  /**
   * The text with control characters, and those that turn the direction of writing, made visible:
   * data cannot drive a terminal, or look like what it is not.
   */
  public static String printable(String text) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || TURNING.indexOf(c) >= 0) {
        if (safe == null) {
          safe = new StringBuilder(text.substring(0, i));
        }
        safe.append(String.format("\\u%04x", (int) c));
      } else if (safe != null) {
        safe.append(c);
      }
    }
    return safe == null ? text : safe.toString();
  }
}
