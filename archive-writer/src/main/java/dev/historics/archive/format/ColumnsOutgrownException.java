package dev.historics.archive.format;

import java.io.IOException;

/** An interaction has values that the columns of a sealed file have no room for. */
public final class ColumnsOutgrownException extends IOException {
  private static final long serialVersionUID = 1L;

  ColumnsOutgrownException(String id, String target) {
    super(
        "interaction '%s' has values of '%s' that the columns have no room for"
            .formatted(id, target));
  }
}
