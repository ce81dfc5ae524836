package dev.historics.jobs.join;

import java.io.IOException;

/** A side table that cannot be joined; the message says where and why, in the words of its file. */
public class InvalidTableException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidTableException(String problem) {
    super(problem);
  }

  InvalidTableException(String problem, Exception cause) {
    super(problem, cause);
  }
}
