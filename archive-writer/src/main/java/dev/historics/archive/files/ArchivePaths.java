package dev.historics.archive.files;

import java.util.regex.Pattern;

/** The one spelling of a place below the root. */
public final class ArchivePaths {
  private static final Pattern PATH = Pattern.compile("[^/\\x00\\\\]+(/[^/\\x00\\\\]+)*");
  private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.\\.?(/.*|$)");

  private ArchivePaths() {}

  /**
   * {@code path} itself, if it is one.
   *
   * @throws IllegalArgumentException if it could leave the root
   */
  public static String checked(String path) {
    if (!path.isEmpty() && (!PATH.matcher(path).matches() || DOTS.matcher(path).matches())) {
      throw new IllegalArgumentException(
          "expected a path below the archive such as 'source=twitter/day=2017-08-05', got '%s'"
              .formatted(path));
    }
    return path;
  }

  /** The path of {@code name} in {@code directory}. */
  public static String in(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
