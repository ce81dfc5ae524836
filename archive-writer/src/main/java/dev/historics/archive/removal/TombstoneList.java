package dev.historics.archive.removal;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.historics.archive.SourceDay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All tombstones of one source as of one version.
 *
 * @param version 0 if the source never had any
 */
public record TombstoneList(String source, long version, List<Tombstone> entries) {
  public TombstoneList {
    SourceDay.requireSource(source);
    entries = List.copyOf(entries);
    if (version < 0 || (version == 0 && !entries.isEmpty())) {
      throw new IllegalArgumentException(
          "expected a version above 0 of %d tombstones, got %d".formatted(entries.size(), version));
    }
  }

  /** The list of a source that never had a tombstone. */
  public static TombstoneList none(String source) {
    return new TombstoneList(source, 0, List.of());
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The ids, or the authors, that are taken down. */
  public Set<String> values(Tombstone.Kind kind) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind)
        .map(Tombstone::value)
        .collect(toUnmodifiableSet());
  }

  /** The tombstone with this kind and value. */
  public Optional<Tombstone> find(Tombstone.Kind kind, String value) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind && entry.value().equals(value))
        .findFirst();
  }

  /** The next version: these, and those of {@code more} that are about something else. */
  TombstoneList with(List<Tombstone> more) {
    List<Tombstone> all = new ArrayList<>(entries);
    Set<Subject> known = Subject.of(entries);
    for (Tombstone tombstone : more) {
      if (known.add(Subject.of(tombstone))) {
        all.add(tombstone);
      }
    }
    return new TombstoneList(source, version + 1, all);
  }

  /** Only the entries that one receipt is about; the version stays. */
  public TombstoneList only(List<Tombstone> wanted) {
    Set<Subject> subjects = Subject.of(wanted);
    return new TombstoneList(
        source,
        version,
        entries.stream().filter(entry -> subjects.contains(Subject.of(entry))).toList());
  }

  /** What a tombstone is about. */
  private record Subject(Tombstone.Kind kind, String value) {
    static Subject of(Tombstone tombstone) {
      return new Subject(tombstone.kind(), tombstone.value());
    }

    static Set<Subject> of(List<Tombstone> tombstones) {
      Set<Subject> subjects = new HashSet<>();
      tombstones.forEach(tombstone -> subjects.add(of(tombstone)));
      return subjects;
    }
  }
}
