package dev.historics.cli.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes each record on a line, byte for byte; with the names of its rules before it if they have
 * any.
 */
public final class PrintedLines implements Outlet {
  private final OutputStream out;
  private final List<String> names;

  private PrintedLines(OutputStream out, List<String> names) {
    this.out = out;
    this.names = List.copyOf(names);
  }

  /** The records alone. */
  public static PrintedLines plain(OutputStream out) {
    return new PrintedLines(out, List.of());
  }

  /** Each record behind the names of the rules that matched it and a tab. */
  public static PrintedLines labelled(OutputStream out, List<String> names) {
    return new PrintedLines(out, names);
  }

  @Override
  public void take(Found found) throws IOException {
    if (!names.isEmpty()) {
      String label =
          found.rules().stream().mapToObj(names::get).collect(Collectors.joining(",", "", "\t"));
      out.write(label.getBytes(StandardCharsets.UTF_8));
    }
    Slice record = found.record();
    out.write(record.bytes(), record.offset(), record.length());
    out.write('\n');
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
