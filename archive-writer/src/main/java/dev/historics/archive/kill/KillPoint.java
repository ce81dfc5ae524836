package dev.historics.archive.kill;

/**
 * A place between two steps of a protocol. Nothing happens there unless the process was started
 * with one of these system properties, which only tests do:
 *
 * <ul>
 *   <li>{@code historics.kill=import.after-day:2} ends the process on the spot, as {@code kill -9}
 *       would, when it gets to that place for the second time
 *   <li>{@code historics.kill.record=FILE} writes each place to a file, a line each time
 * </ul>
 *
 * <p>A new step in a protocol gets a constant here; a test fails if no scenario of the tests gets
 * to it.
 */
public enum KillPoint {
  /** A record was staged, or found to be there already. */
  IMPORT_AFTER_RECORD("import.after-record"),
  /** Everything was read and staged, and nothing is visible. */
  IMPORT_BEFORE_PUBLISH("import.before-publish"),
  /** A day became visible; others and the quarantine did not. */
  IMPORT_AFTER_DAY("import.after-day"),
  /** What notices want deleted is gone, and nothing that was read is visible. */
  IMPORT_AFTER_DELETIONS("import.after-deletions"),
  /** All that was read is visible; whoever sends it was not told, and may send it again. */
  IMPORT_AFTER_COMMIT("import.after-commit"),
  /** It is written down how far the files were read that the commit made visible. */
  IMPORT_AFTER_JOURNAL("import.after-journal"),
  /** Some of what waits for its day's turn was written to the spool. */
  SPOOL_AFTER_SPILL("spool.after-spill"),
  /** What waited is in landing files; the spool is still there. */
  SPOOL_AFTER_REPLAY("spool.after-replay"),
  /** A landing file was started, and is empty. */
  LANDING_AFTER_CREATE("landing.after-create"),
  /** The rows of a landing file are durable, its ids are not written. */
  LANDING_AFTER_ROWS("landing.after-rows"),
  /** A record was put aside in a file that nobody sees. */
  QUARANTINE_AFTER_RECORD("quarantine.after-record"),
  /** The file of records put aside is durable, and nobody sees it. */
  QUARANTINE_BEFORE_PUBLISH("quarantine.before-publish"),
  /** The records put aside are visible; the import has nothing more to do. */
  QUARANTINE_AFTER_PUBLISH("quarantine.after-publish"),
  /** What is good of a lot of the quarantine is archived, and still in the lot. */
  RETRY_BEFORE_REPLACE("retry.before-replace"),
  /** The rest of the lot is its new version; the one before is still there. */
  RETRY_AFTER_REPLACE("retry.after-replace"),
  /** All files of the next version are durable, its manifest is not written. */
  MANIFEST_BEFORE_STAGE("manifest.before-stage"),
  /** The manifest of the next version is durable under a name that nobody reads. */
  MANIFEST_BEFORE_PUBLISH("manifest.before-publish"),
  /** The next version is in force; its writer does not know yet. */
  MANIFEST_AFTER_PUBLISH("manifest.after-publish"),
  /** A file has its new name and still its old one, too: only on a local disk. */
  FILE_AFTER_LINK("file.after-link"),
  /** The rows of a day were read, and those that did not fit lie in sorted pieces. */
  COMPACT_AFTER_READ("compact.after-read"),
  /** The sealed file is durable; the sorted pieces are still there. */
  COMPACT_AFTER_SEALED_FILE("compact.after-sealed-file"),
  /** The sorted pieces are gone; the sealed file is in no manifest. */
  COMPACT_BEFORE_PUBLISH("compact.before-publish"),
  /** The targets of an augmentation are known; no interaction has values. */
  AUGMENT_AFTER_DECLARATION("augment.after-declaration"),
  /** What is to be taken down shows in no query any more; it is still stored. */
  TAKEDOWN_AFTER_TOMBSTONES("takedown.after-tombstones"),
  /** A day was looked through, and made anew if need be. */
  TAKEDOWN_AFTER_DAY("takedown.after-day"),
  /** The quarantine was looked through; old files are still there. */
  TAKEDOWN_AFTER_SHELF("takedown.after-shelf"),
  /** It is decided which files of a directory are needed. */
  SWEEP_BEFORE_DELETE("sweep.before-delete"),
  /** A file that nobody needs is gone. */
  SWEEP_AFTER_DELETE("sweep.after-delete");

  private static final Trap TRAP = Trap.fromSystemProperties();

  private final String text;

  KillPoint(String text) {
    this.text = text;
  }

  /** The name in properties and records, such as {@code import.after-day}. */
  public String text() {
    return text;
  }

  /** To be called when the process is at this place. */
  public void reached() {
    if (TRAP.isSet()) {
      TRAP.enter(this);
    }
  }
}
