package dev.historics.cli.doctor;

import dev.historics.cli.session.CliException;
import java.io.IOException;
import java.util.List;

/**
 * One thing to look at, or several that are told at once.
 *
 * @param name of the finding when looking fails
 * @param expected what should be found, then
 */
record Check(String name, String expected, Look look) {
  /** Looks, on a thread of its own, for as long as it takes. */
  interface Look {
    /**
     * At least one finding.
     *
     * @throws CliException if what was looked at cannot be used
     * @throws IOException the same
     */
    List<Finding> look() throws CliException, IOException;
  }
}
