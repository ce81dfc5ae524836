package dev.historics.archive.takedown;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.archive.kill.KillPoint;
import dev.historics.archive.removal.Preflight;
import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.removal.Tombstones;
import dev.historics.archive.upkeep.Compactor;
import dev.historics.archive.upkeep.Sweeper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes interactions down. Each step is written down in the receipt before the next one, and may be
 * done again: whoever finds an open receipt goes on with it.
 *
 * <ol>
 *   <li>the tombstones are in force: new queries see nothing, importers refuse what comes again;
 *   <li>every day that holds some of it is made anew, and so is the quarantine;
 *   <li>the old files go, when nobody reads them any more and the grace is over;
 *   <li>the days are looked at once more, for what came in meanwhile; the receipt is complete.
 * </ol>
 */
public final class Takedown {
  private static final int REWRITES_MAX = 100;

  private final Archive archive;
  private final ArchiveFiles files;
  private final Compactor compactor;
  private final Sweeper sweeper;
  private final Function<String, Layout> layouts;
  private final Receipts receipts;

  /**
   * How a source's days are sealed.
   *
   * @param considered the targets that get a column
   */
  public record Layout(List<TargetColumn> considered, Stripping stripping) {
    public Layout {
      considered = List.copyOf(considered);
    }
  }

  /** Hears how far a takedown is. */
  @FunctionalInterface
  public interface Watch {
    /** Of {@code total} days, {@code done} were looked through. */
    void progress(long done, long total);
  }

  /**
   * @param layouts by source; an affected day is sealed
   */
  public Takedown(
      Archive archive, Compactor compactor, Sweeper sweeper, Function<String, Layout> layouts) {
    this.archive = archive;
    this.files = archive.files();
    this.compactor = compactor;
    this.sweeper = sweeper;
    this.layouts = layouts;
    this.receipts = new Receipts(archive);
  }

  /**
   * A takedown that nobody has started.
   *
   * @param id of its receipt, which no other has
   */
  public Receipt plan(String id, List<Tombstone> wishes, List<String> sources, String reason) {
    Instant now = archive.clock().instant();
    return new Receipt(
        id,
        Receipt.State.PURGING,
        now,
        now,
        reason,
        wishes,
        sources,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** What a planned takedown would remove; changes nothing. Its days have no files after. */
  public Receipt preview(Receipt planned, Watch watch) throws IOException {
    Receipt seen = planned;
    List<SourceDay> days = days(planned);
    for (int i = 0; i < days.size(); i++) {
      Optional<Manifest> newest = archive.newest(days.get(i));
      if (newest.isPresent()) {
        WishedRows rows = look(planned, newest.get(), newest.get().files());
        seen = seen.with(checked(newest.get(), rows.mentions()), rows.examples());
        seen = rows.found() > 0 ? seen.with(affected(newest.get(), rows.found())) : seen;
      }
      watch.progress(i + 1L, days.size());
    }
    Shelved shelved = new Shelved(files, planned);
    for (String source : planned.sources()) {
      for (String lot : shelved.lots(source)) {
        long count = shelved.count(lot);
        seen = count > 0 ? seen.with(new Receipt.Lot(lot, "", count)) : seen;
      }
    }
    return seen;
  }

  /**
   * Starts or goes on with a takedown, as far as it gets now.
   *
   * @param receipt planned, or found open
   * @return what the receipt says now
   * @throws IOException if the storage fails; doing it again goes on where it was
   */
  public Receipt run(Receipt receipt, Watch watch) throws IOException {
    Receipt now = receipt;
    if (now.state() == Receipt.State.COMPLETE) {
      receipts.save(now);
      return now;
    }
    Preflight.require(archive, days(now));
    if (receipts.find(now.id()).isEmpty()) {
      receipts.save(now);
    }
    for (String source : now.sources()) {
      new Tombstones(archive).add(source, now.wishes());
    }
    KillPoint.TAKEDOWN_AFTER_TOMBSTONES.reached();
    List<SourceDay> days = days(now);
    for (int i = 0; i < days.size(); i++) {
      now = purge(now, days.get(i));
      KillPoint.TAKEDOWN_AFTER_DAY.reached();
      watch.progress(i + 1L, days.size());
    }
    now = purgeShelf(now);
    KillPoint.TAKEDOWN_AFTER_SHELF.reached();
    return finish(now);
  }

  private List<SourceDay> days(Receipt receipt) throws IOException {
    List<SourceDay> days = new ArrayList<>();
    for (String source : receipt.sources()) {
      days.addAll(archive.days(source));
    }
    return days;
  }

  /** Makes a day anew until its newest version holds none of it. */
  private Receipt purge(Receipt receipt, SourceDay day) throws IOException {
    Receipt now = receipt;
    for (int attempt = 0; attempt < REWRITES_MAX; attempt++) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isEmpty()) {
        return now;
      }
      List<DataFile> unseen = unseen(now, newest.get());
      if (unseen.isEmpty() && isSettled(now, day)) {
        return now;
      }
      WishedRows rows = look(now, newest.get(), unseen);
      if (rows.found() == 0) {
        boolean isPart = unseen.size() < newest.get().files().size();
        now = withDrops(now, newest.get());
        now = clean(now, newest.get(), rows, isPart);
        receipts.save(now);
        return now;
      }
      now = now.with(merged(now, affected(newest.get(), rows.found())));
      receipts.save(now);
      Layout layout = layouts.apply(day.source());
      compactor.rewrite(day, layout.considered(), layout.stripping());
    }
    throw new IOException(
        "%s: others changed it %d times while it was made anew; what is taken down shows in no query; run it again when fewer write to it"
            .formatted(day, REWRITES_MAX));
  }

  /**
   * Notes what was really left out of a day since the tombstones are in force: others seal days,
   * too, and what is made anew may not be what was looked through.
   */
  private Receipt withDrops(Receipt receipt, Manifest newest) throws IOException {
    List<Drop> drops = Drop.since(receipt.requested(), newest, archive);
    SourceDay day = newest.day();
    Optional<Receipt.Day> noted = receipt.find(day.source(), day.day());
    List<Receipt.File> before = new ArrayList<>(noted.map(Receipt.Day::before).orElse(List.of()));
    if (drops.isEmpty() || (drops.size() == 1 && before.equals(refs(drops.get(0).before())))) {
      return receipt;
    }
    long removed = 0;
    for (Drop drop : drops) {
      long rows = drop.wished(new WishedRows(files, receipt.wishes(), day.source()));
      if (rows > 0) {
        removed += rows;
        refs(drop.before()).stream().filter(file -> !before.contains(file)).forEach(before::add);
      }
    }
    return removed == 0
        ? receipt
        : receipt.with(new Receipt.Day(day.source(), day.day(), removed, before, List.of(), 0));
  }

  /** The files of a version that were not looked through; all, if some of those are replaced. */
  private List<DataFile> unseen(Receipt receipt, Manifest newest) throws IOException {
    List<String> seen = seen(receipt, newest.day());
    List<String> now = newest.files().stream().map(DataFile::path).toList();
    return now.containsAll(seen)
        ? newest.files().stream().filter(file -> !seen.contains(file.path())).toList()
        : newest.files();
  }

  private List<String> seen(Receipt receipt, SourceDay day) throws IOException {
    Optional<Receipt.Checked> checked = receipt.findChecked(day.source(), day.day());
    return checked.isEmpty()
        ? List.of()
        : archive.version(day, checked.get().version()).files().stream()
            .map(DataFile::path)
            .toList();
  }

  /** Whether nothing more is to be written down of a day whose files were all looked through. */
  private static boolean isSettled(Receipt receipt, SourceDay day) {
    return receipt.findChecked(day.source(), day.day()).isPresent()
        && receipt.find(day.source(), day.day()).map(each -> each.version() > 0).orElse(true);
  }

  private WishedRows look(Receipt receipt, Manifest manifest, List<DataFile> unseen)
      throws IOException {
    WishedRows rows = new WishedRows(files, receipt.wishes(), manifest.day().source());
    for (DataFile file : unseen) {
      rows.look(manifest, file);
    }
    return rows;
  }

  /**
   * Notes that a version holds none of it.
   *
   * @param isPart whether only files were looked through that are new in it
   */
  private static Receipt clean(Receipt receipt, Manifest newest, WishedRows rows, boolean isPart) {
    SourceDay day = newest.day();
    long before =
        receipt
            .findChecked(day.source(), day.day())
            .filter(each -> isPart)
            .map(Receipt.Checked::mentions)
            .orElse(0L);
    Receipt now = receipt.with(checked(newest, before + rows.mentions()), rows.examples());
    Optional<Receipt.Day> affected = receipt.find(day.source(), day.day());
    return affected.isEmpty()
        ? now
        : now.with(
            new Receipt.Day(
                day.source(),
                day.day(),
                affected.get().removed(),
                affected.get().before(),
                refs(newest),
                newest.version()));
  }

  private static Receipt.Checked checked(Manifest manifest, long mentions) {
    return new Receipt.Checked(
        manifest.day().source(), manifest.day().day(), manifest.version(), mentions);
  }

  private static Receipt.Day affected(Manifest manifest, long removed) {
    SourceDay day = manifest.day();
    return new Receipt.Day(day.source(), day.day(), removed, refs(manifest), List.of(), 0);
  }

  /**
   * A day that was noted before: as it was never made anew then, what was found now is all there
   * is; if it was, it is more.
   */
  private static Receipt.Day merged(Receipt receipt, Receipt.Day found) {
    Optional<Receipt.Day> known = receipt.find(found.source(), found.day());
    if (known.isEmpty()) {
      return found;
    }
    List<Receipt.File> before = new ArrayList<>(known.get().before());
    found.before().stream().filter(file -> !before.contains(file)).forEach(before::add);
    long removed = known.get().version() > 0 ? known.get().removed() : 0;
    return new Receipt.Day(
        found.source(), found.day(), removed + found.removed(), before, List.of(), 0);
  }

  private static List<Receipt.File> refs(Manifest manifest) {
    List<Receipt.File> refs = new ArrayList<>();
    for (DataFile file : manifest.files()) {
      refs.add(new Receipt.File(manifest.pathOf(file), file.bytes(), file.sha256()));
      for (Sidecar sidecar : file.sidecars()) {
        refs.add(new Receipt.File(manifest.pathOf(sidecar), sidecar.bytes(), sidecar.sha256()));
      }
    }
    return refs;
  }

  private Receipt purgeShelf(Receipt receipt) throws IOException {
    Receipt now = receipt;
    Shelved shelved = new Shelved(files, receipt);
    for (String source : now.sources()) {
      for (String path : shelved.lots(source)) {
        Optional<Receipt.Lot> lot = shelved.purge(path);
        if (lot.isPresent()) {
          now = now.with(lot.get());
          receipts.save(now);
        }
      }
    }
    return now;
  }

  /** Removes what may go, and closes the receipt if nothing is left. */
  private Receipt finish(Receipt receipt) throws IOException {
    for (SourceDay day : days(receipt)) {
      sweeper.sweep(day);
    }
    for (String source : receipt.sources()) {
      sweeper.sweepQuarantine(source);
    }
    sweeper.remove(sweeper.dueIn(Receipts.STAGING));
    boolean isOver = left(receipt).isEmpty();
    Receipt.State state = isOver ? Receipt.State.COMPLETE : Receipt.State.WAITING;
    Receipt now = receipt.with(state, archive.clock().instant());
    if (isOver || receipt.state() != state) {
      receipts.save(now);
    }
    return now;
  }

  /**
   * Removes the files of all older versions of the sources' days without waiting for the grace, but
   * for those that somebody has pinned.
   *
   * @param receipt of a takedown that {@link #run} left waiting
   */
  public Receipt finishNow(Receipt receipt) throws IOException {
    for (SourceDay day : days(receipt)) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isPresent()) {
        sweeper.removeUnpinned(day, older(newest.get()));
      }
    }
    return finish(receipt);
  }

  /** What older versions name and is there; nobody is about to name it anew. */
  private List<String> older(Manifest newest) throws IOException {
    SourceDay day = newest.day();
    List<String> unnamed = new ArrayList<>();
    for (String name : files.list(ArchivePaths.in(day.directory(), Archive.DATA))) {
      unnamed.add(ArchivePaths.in(Archive.DATA, name));
    }
    unnamed.removeAll(newest.paths());
    List<String> older = new ArrayList<>();
    for (long version = newest.parent(); version > 0 && older.size() < unnamed.size(); version--) {
      List<String> named = archive.version(day, version).paths();
      unnamed.stream()
          .filter(path -> named.contains(path) && !older.contains(path))
          .forEach(older::add);
    }
    return older;
  }

  /**
   * The files that may still hold some of it: those that held it, and any that no newest version
   * names and that is not from after the takedown.
   *
   * @return paths below the root
   */
  public List<String> left(Receipt receipt) throws IOException {
    List<String> left = new ArrayList<>();
    for (Receipt.Day day : receipt.days()) {
      for (Receipt.File file : day.before()) {
        boolean isKept = day.after().stream().anyMatch(after -> after.path().equals(file.path()));
        if (!isKept && files.exists(file.path())) {
          left.add(file.path());
        }
      }
    }
    // Whoever began to write before the takedown is done by then.
    Instant after = receipt.requested().plus(sweeper.unfinished());
    for (SourceDay day : days(receipt)) {
      List<String> named = archive.newest(day).map(Manifest::paths).orElse(List.of());
      for (String directory : List.of(Archive.DATA, Archive.STAGING)) {
        addOld(ArchivePaths.in(day.directory(), directory), directory, named, after, left);
      }
    }
    for (String source : receipt.sources()) {
      for (String directory : Sweeper.stagingBeside(source)) {
        addOld(directory, "", List.of(), after, left);
      }
    }
    return left.stream().distinct().toList();
  }

  private void addOld(
      String directory, String relative, List<String> named, Instant after, List<String> left)
      throws IOException {
    for (String name : files.list(directory)) {
      String path = ArchivePaths.in(directory, name);
      if (!named.contains(ArchivePaths.in(relative, name)) && isFrom(path, after)) {
        left.add(path);
      }
    }
  }

  private boolean isFrom(String path, Instant after) throws IOException {
    try {
      return !files.modified(path).isAfter(after);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
