package dev.historics.jobs.join;

/** What can be joined on. */
final class JoinKeys {
  private JoinKeys() {}

  /**
   * Whether a side table could have such a key: one that is there, and that UTF-8 can spell.
   *
   * @param key may be null
   */
  static boolean canMatch(String key) {
    if (key == null || key.isEmpty()) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (Character.isSurrogate(key.charAt(i))) {
        boolean isPair =
            Character.isHighSurrogate(key.charAt(i))
                && i + 1 < key.length()
                && Character.isLowSurrogate(key.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
