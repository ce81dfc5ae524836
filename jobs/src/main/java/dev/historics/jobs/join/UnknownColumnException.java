package dev.historics.jobs.join;

import java.util.List;

/** A side table does not have a column that was named. */
public final class UnknownColumnException extends InvalidTableException {
  private static final long serialVersionUID = 1L;
  private static final int NAMES_SHOWN_MAX = 20;

  private final String asked;
  private final List<String> names;

  UnknownColumnException(String file, String asked, List<String> names) {
    super("%s: no column '%s'; it has %s".formatted(file, asked, shown(names)));
    this.asked = asked;
    this.names = List.copyOf(names);
  }

  private static String shown(List<String> names) {
    int more = names.size() - NAMES_SHOWN_MAX;
    String some = "'" + String.join("', '", names.stream().limit(NAMES_SHOWN_MAX).toList()) + "'";
    return more > 0 ? "%s and %d more".formatted(some, more) : some;
  }

  /** What it was called. */
  public String asked() {
    return asked;
  }

  /** What the columns are called in the file. */
  public List<String> names() {
    return names;
  }
}
