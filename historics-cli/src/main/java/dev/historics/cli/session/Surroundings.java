package dev.historics.cli.session;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a process is given from outside, so that tests can give something else.
 *
 * @param terminal whether a person watches {@code err}
 * @param hadoop settings of Hadoop that come before those of its files
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal,
    InstantSource clock,
    Map<String, String> hadoop) {
  public Surroundings {
    environment = Map.copyOf(environment);
    hadoop = Map.copyOf(hadoop);
  }

  /** One without settings of Hadoop. */
  public Surroundings(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean terminal,
      InstantSource clock) {
    this(in, out, err, environment, terminal, clock, Map.of());
  }

  /** The same with these settings of Hadoop. */
  public Surroundings with(Map<String, String> settings) {
    return new Surroundings(in, out, err, environment, terminal, clock, settings);
  }
}
