package dev.historics.cli.session;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a process is given from outside, so that tests can give something else.
 *
 * @param terminal whether a person watches {@code err}
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal,
    InstantSource clock) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
