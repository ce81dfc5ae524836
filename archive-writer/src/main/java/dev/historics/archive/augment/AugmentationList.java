package dev.historics.archive.augment;

import dev.historics.archive.SourceDay;
import dev.historics.archive.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one source is augmented with, as of one version.
 *
 * @param version 0 if the source never was
 * @param entries one for each namespace, in the order in which they came
 */
public record AugmentationList(String source, long version, List<Augmentation> entries) {
  public AugmentationList {
    SourceDay.requireSource(source);
    entries = List.copyOf(entries);
    if (version < 0 || (version == 0 && !entries.isEmpty())) {
      throw new IllegalArgumentException(
          "expected a version above 0 of %d augmentations, got %d"
              .formatted(entries.size(), version));
    }
    if (entries.stream().map(Augmentation::namespace).distinct().count() != entries.size()) {
      throw new IllegalArgumentException("a namespace is there twice: " + entries);
    }
  }

  /** That of a source which was never augmented. */
  public static AugmentationList none(String source) {
    return new AugmentationList(source, 0, List.of());
  }

  /** What is under a namespace. */
  public Optional<Augmentation> find(String namespace) {
    return entries.stream().filter(each -> each.namespace().equals(namespace)).findFirst();
  }

  /** All targets that augmentations add. */
  public List<TargetColumn> columns() {
    return entries.stream().flatMap(each -> each.columns().stream()).toList();
  }

  /**
   * The next version, with {@code next} in the place of what had its namespace. Columns that only
   * the one before had stay: days that are not augmented anew have their values. A column keeps its
   * kind: whole numbers can come into one of any numbers.
   *
   * @throws AugmentationConflictException if a column's values do not fit its kind
   */
  AugmentationList with(Augmentation next) throws AugmentationConflictException {
    List<Augmentation> all = new ArrayList<>();
    boolean isNew = true;
    for (Augmentation entry : entries) {
      boolean isReplaced = entry.namespace().equals(next.namespace());
      all.add(isReplaced ? merged(entry, next) : entry);
      isNew &= !isReplaced;
    }
    if (isNew) {
      all.add(next);
    }
    return new AugmentationList(source, version + 1, all);
  }

  private static Augmentation merged(Augmentation before, Augmentation next)
      throws AugmentationConflictException {
    List<TargetColumn> columns = new ArrayList<>();
    for (TargetColumn column : next.columns()) {
      Optional<TargetColumn> known = before.column(column.target());
      if (known.isPresent() && !Augmentation.takes(known.get(), column.kind())) {
        throw new AugmentationConflictException(known.get(), column.kind(), next.table());
      }
      columns.add(known.orElse(column));
    }
    before.columns().stream()
        .filter(column -> next.column(column.target()).isEmpty())
        .forEach(columns::add);
    return next.withColumns(columns);
  }
}
