package dev.historics.cli;

/** Lines of input that tests write by hand. */
final class Lines {
  private Lines() {}

  /** A whole interaction of 2017-08-05. */
  static String interaction(String id) {
    return interaction(id, "Sat, 05 Aug 2017 10:30:00 +0000", "a word");
  }

  static String interaction(String id, String created, String content) {
    return """
        {"interaction":{"id":"%s","type":"twitter","created_at":"%s","content":"%s"}}
        """
        .formatted(id, created, content);
  }
}
