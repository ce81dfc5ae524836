package dev.historics.cli.query;

import picocli.CommandLine.Option;

/** Who asks, and under what label. */
final class AskerOptions {
  @Option(names = "--user", paramLabel = "U", description = "who asks (default: the login name)")
  private String user;

  @Option(names = "--name", paramLabel = "N", defaultValue = "", description = "a label for people")
  private String name;

  String user() {
    return orLogin(user);
  }

  String name() {
    return name;
  }

  /**
   * Who asks.
   *
   * @param user null if nobody was named
   */
  static String orLogin(String user) {
    return user == null ? System.getProperty("user.name") : user;
  }
}
