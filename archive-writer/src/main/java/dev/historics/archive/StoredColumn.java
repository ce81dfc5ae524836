package dev.historics.archive;

/** A target that has a column in a sealed file, and how its values lie there. */
public record StoredColumn(TargetColumn column, Shape shape) {
  /** How many values a row can have. */
  public enum Shape {
    /** At most one in each row of the file. */
    SCALAR,
    /** More than one in some row of the file. */
    LIST
  }
}
