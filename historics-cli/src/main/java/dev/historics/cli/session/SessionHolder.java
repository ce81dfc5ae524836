package dev.historics.cli.session;

/** The root command, as commands below it see it. */
public interface SessionHolder {
  /** The session; the same one at each call. */
  Session session();
}
