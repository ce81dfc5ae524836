package dev.historics.cli.session;

/**
 * A setting's value and where it came from.
 *
 * @param origin such as {@code default}, a file, {@code environment HISTORICS_RUNNER} or {@code
 *     option -D}
 */
public record Setting(String key, String value, String origin) {
  private static final String SECRET_KEY = "(?i).*(password|secret|token|credential).*";

  /** The value as it may be shown to anybody. */
  public String shown() {
    if (key.matches(SECRET_KEY)) {
      return value.isEmpty() ? "" : "***";
    }
    return value
        .replaceAll("://([^:/@]+):[^@]*@", "://$1:***@")
        .replaceAll("(?i)([?&](ssl)?password=)[^&]*", "$1***");
  }
}
