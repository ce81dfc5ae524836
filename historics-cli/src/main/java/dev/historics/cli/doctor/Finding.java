package dev.historics.cli.doctor;

/**
 * What a look at one thing found.
 *
 * @param check the thing
 * @param expected what it should be
 * @param found what it is
 * @param advice what to do; empty if nothing has to be done
 */
record Finding(String check, Verdict verdict, String expected, String found, String advice) {
  static Finding ok(String check, String expected, String found) {
    return new Finding(check, Verdict.OK, expected, found, "");
  }

  static Finding warning(String check, String expected, String found, String advice) {
    return new Finding(check, Verdict.WARNING, expected, found, advice);
  }

  static Finding failed(String check, String expected, String found, String advice) {
    return new Finding(check, Verdict.FAILED, expected, found, advice);
  }
}
