package dev.historics.archive.augment;

import dev.historics.archive.DataFile;
import dev.historics.archive.Manifest;
import dev.historics.archive.SealedText;
import dev.historics.archive.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a source's interactions are augmented with: under {@code namespace}, an object with the
 * values of the table's row whose key is the interaction's value of a target.
 *
 * @param namespace the name of the member, lower-case letters, digits and {@code _}
 * @param on the target that is compared with the table's key, character by character
 * @param key the table's column that it is compared with
 * @param columns the targets that the values are, with their kinds
 * @param join what becomes of rows without a partner
 * @param table the table's name
 * @param sha256 of the table's file
 * @param declared when it was declared first
 * @param matched how many interactions got values in the last run that ended
 */
public record Augmentation(
    String namespace,
    String on,
    String key,
    List<TargetColumn> columns,
    Join join,
    String table,
    String sha256,
    Instant declared,
    long matched) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final int MARK_DIGITS = 16;

  /** What becomes of interactions that have no partner in the table. */
  public enum Join {
    /** They have no values: those of an earlier table go. */
    LEFT,
    /** They stay as they are, with the values of an earlier table if they have some. */
    INNER
  }

  public Augmentation {
    Objects.requireNonNull(on);
    Objects.requireNonNull(key);
    Objects.requireNonNull(join);
    Objects.requireNonNull(table);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(declared);
    columns = List.copyOf(columns);
    if (!isNamespace(namespace)) {
      throw new IllegalArgumentException(
          "expected a namespace such as 'author', got '%s'".formatted(namespace));
    }
    for (TargetColumn column : columns) {
      if (!column.target().startsWith(namespace + ".")) {
        throw new IllegalArgumentException(
            "expected targets in '%s', got '%s'".formatted(namespace, column.target()));
      }
    }
    if (matched < 0) {
      throw new IllegalArgumentException("expected matched >= 0, got %d".formatted(matched));
    }
  }

  /** Whether a name can be a namespace: as a part of a target is spelled. */
  public static boolean isNamespace(String name) {
    return NAMESPACE.matcher(name).matches();
  }

  /**
   * What files are marked with whose interactions all went through this: the same for the same
   * table, joined in the same way.
   */
  public String mark() {
    List<String> parts = new ArrayList<>(List.of(on, key, join.name(), sha256));
    columns.forEach(column -> parts.add(column.target() + ":" + column.kind()));
    String digits =
        SealedText.sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
            .substring(0, MARK_DIGITS);
    return markPrefix(namespace) + digits;
  }

  /** Whether some interactions in a file may have values in this namespace, of this or another. */
  public boolean mayBeIn(DataFile file) {
    return file.augmented().contains(namespace);
  }

  /** Whether all interactions of a version went through this. */
  public boolean covers(Manifest day) {
    String mark = mark();
    return day.files().stream().allMatch(file -> file.augmented().contains(mark));
  }

  /** What the marks of a namespace begin with, whatever its table. */
  static String markPrefix(String namespace) {
    return namespace + "@";
  }

  /** The column of a target. */
  public Optional<TargetColumn> column(String target) {
    return columns.stream().filter(column -> column.target().equals(target)).findFirst();
  }

  /** Whether declaring {@code other} after this would tell nobody anything new. */
  public boolean tells(Augmentation other) {
    return namespace.equals(other.namespace)
        && on.equals(other.on)
        && key.equals(other.key)
        && join == other.join
        && sha256.equals(other.sha256)
        && other.columns.stream()
            .allMatch(
                now -> column(now.target()).filter(own -> takes(own, now.kind())).isPresent());
  }

  /** Whether values of a kind can stand in a column: whole numbers do where others do. */
  static boolean takes(TargetColumn column, TargetColumn.Kind kind) {
    return column.kind() == kind
        || (column.kind() == TargetColumn.Kind.FLOAT && kind == TargetColumn.Kind.INT);
  }

  /** The same with other columns. */
  Augmentation withColumns(List<TargetColumn> others) {
    return new Augmentation(namespace, on, key, others, join, table, sha256, declared, matched);
  }

  /** The same, knowing how many interactions got values. */
  public Augmentation withMatched(long count) {
    return new Augmentation(namespace, on, key, columns, join, table, sha256, declared, count);
  }
}
