package dev.historics.archive.parquet;

import java.io.IOException;

/** Says what is wrong in the bytes of a page; who reads the page adds which page it is. */
final class MalformedPageException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedPageException(String message) {
    super(message);
  }
}
