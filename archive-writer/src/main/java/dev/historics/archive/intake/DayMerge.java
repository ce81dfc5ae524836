package dev.historics.archive.intake;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Sidecar;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.IdIndex;
import dev.historics.archive.format.IdSet;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.SortedIds;
import dev.historics.archive.removal.Removals;
import dev.historics.archive.removal.TombstoneList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the staged files of one day together with the files of the day, so that each id counts
 * once: the interaction that was edited last, and of several the one that came first. Ours that
 * lose are left out of their files; those of the day that lose stay where they are, and are gone.
 * Owned by one thread.
 */
final class DayMerge {
  private final ArchiveFiles files;
  private final SourceDay day;
  private final EditTimes editTimes;
  private final List<StagedFile> staged = new ArrayList<>();

  /** For files of the day, by path, the ids of which we have a later edit. */
  private final Map<String, IdSet> superseded = new HashMap<>();

  /** Sidecars that no manifest names yet. */
  private final List<String> sidecars = new ArrayList<>();

  private long leftOut;
  private long replaced;

  DayMerge(ArchiveFiles files, SourceDay day, EditTimes editTimes) {
    this.files = files;
    this.day = day;
    this.editTimes = editTimes;
  }

  /** Somebody with whom a staged file shares ids, and what becomes of those that it loses. */
  private record Rival(DataFile file, IdSet common, Loser loser) {}

  @FunctionalInterface
  private interface Loser {
    void lose(IdSet ids) throws IOException;
  }

  void add(StagedFile file) {
    staged.add(file);
  }

  List<StagedFile> staged() {
    return staged;
  }

  /** How many of ours were left out again. */
  long leftOut() {
    return leftOut;
  }

  /** How many of the day are gone for ours, as of the last answer of {@link #onto}. */
  long replaced() {
    return replaced;
  }

  /** Compares our files with each other. */
  void compareOurs() throws IOException {
    for (int later = 1; later < staged.size(); later++) {
      StagedFile ours = staged.get(later);
      if (!ours.isApart() && ours.file().isPresent()) {
        IdIndex ids = ours.ids();
        List<Rival> rivals = new ArrayList<>();
        for (StagedFile earlier : staged.subList(0, later)) {
          if (earlier.file().isPresent()) {
            rivals.add(rival(ids, earlier.file().get(), lost -> leaveOut(earlier, lost)));
          }
        }
        compare(ours, rivals);
      }
    }
  }

  /**
   * The files of the next version.
   *
   * @param live the files of the version before
   * @return empty if nothing of ours is left
   */
  Optional<List<DataFile>> onto(List<DataFile> live) throws IOException {
    discardSidecars();
    for (StagedFile ours : staged) {
      List<DataFile> unseen = live.stream().filter(ours::isUnseen).toList();
      if (ours.file().isPresent() && !unseen.isEmpty()) {
        IdIndex ids = ours.ids();
        List<Rival> rivals = new ArrayList<>();
        for (DataFile file : unseen) {
          rivals.add(rival(ids, file, lost -> supersede(file, lost)));
        }
        compare(ours, rivals);
      }
      unseen.forEach(ours::seen);
    }
    List<DataFile> ours = staged.stream().flatMap(each -> each.file().stream()).toList();
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    List<DataFile> after = remaining(live);
    after.addAll(ours);
    return Optional.of(after);
  }

  private Rival rival(IdIndex ours, DataFile theirs, Loser loser) throws IOException {
    IdSet common = new IdSet();
    try (SortedIds ids = SortedIds.open(files, day, theirs)) {
      ours.common(ids, common);
    }
    if (common.size() > 0 && theirs.gone() > 0) {
      Removals removals = Removals.of(files, day, theirs, TombstoneList.none(day.source()));
      common = common.only(hash -> !removals.isSuperseded(hash));
    }
    return new Rival(theirs, common, loser);
  }

  /** Lets each rival lose what we have a later edit of, and us all else that is common. */
  private void compare(StagedFile ours, List<Rival> rivals) throws IOException {
    IdSet common = new IdSet();
    rivals.forEach(rival -> rival.common().addTo(common));
    if (common.size() == 0) {
      return;
    }
    IdSet won = new IdSet();
    if (ours.hasEdits()) {
      Map<IdHash, Instant> times = times(ours.file().orElseThrow(), common);
      for (Rival rival : rivals) {
        IdSet edited = rival.common().only(times::containsKey);
        if (edited.size() > 0) {
          Map<IdHash, Instant> theirs = times(rival.file(), edited);
          IdSet later =
              edited.only(hash -> times.get(hash).isAfter(theirs.getOrDefault(hash, Instant.MIN)));
          later.addTo(won);
          rival.loser().lose(later);
        }
      }
    }
    leaveOut(ours, common.only(hash -> !won.contains(hash)));
  }

  private Map<IdHash, Instant> times(DataFile file, IdSet ids) throws IOException {
    try (InteractionReader rows = InteractionReader.open(files, day, file)) {
      return editTimes.of(rows, ids);
    }
  }

  private void leaveOut(StagedFile ours, IdSet ids) throws IOException {
    if (ids.size() > 0) {
      ours.leaveOut(ids);
      leftOut += ids.size();
    }
  }

  private void supersede(DataFile theirs, IdSet ids) {
    if (ids.size() > 0) {
      ids.addTo(superseded.computeIfAbsent(theirs.path(), unused -> new IdSet()));
    }
  }

  /** The files of the day, some with more that is gone. */
  private List<DataFile> remaining(List<DataFile> live) throws IOException {
    replaced = 0;
    List<DataFile> remaining = new ArrayList<>();
    for (DataFile file : live) {
      IdSet lost = superseded.getOrDefault(file.path(), new IdSet());
      DataFile after = lost.size() == 0 ? file : Removals.supersede(files, day, file, lost);
      if (lost.size() > 0) {
        Sidecar gone = after.sidecar(Sidecar.GONE).orElseThrow();
        sidecars.add(day.directory() + "/" + gone.path());
      }
      replaced += after.gone() - file.gone();
      remaining.add(after);
    }
    return remaining;
  }

  /** Removes everything. */
  void discard() throws IOException {
    discardSidecars();
    for (StagedFile each : staged) {
      each.discard();
    }
    staged.clear();
  }

  private void discardSidecars() throws IOException {
    for (String path : sidecars) {
      files.delete(path);
    }
    sidecars.clear();
  }
}
