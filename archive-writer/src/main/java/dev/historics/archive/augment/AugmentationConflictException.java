package dev.historics.archive.augment;

import dev.historics.archive.TargetColumn;
import java.util.Locale;

/** A target that an augmentation declares has a kind already that its values do not fit. */
public final class AugmentationConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  AugmentationConflictException(TargetColumn before, TargetColumn.Kind now, String table) {
    super(
        "'%s' is %s already, and would be %s with %s"
            .formatted(before.target(), lower(before.kind()), lower(now), table));
  }

  private static String lower(TargetColumn.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
