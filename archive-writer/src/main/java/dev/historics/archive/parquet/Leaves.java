package dev.historics.archive.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Which leaf columns can be written and read here. */
final class Leaves {
  /** The name of the program in the footer, in the form that others take apart. */
  static final String CREATED_BY = "historics version 1 (build 1)";

  private Leaves() {}

  /**
   * Refuses a leaf that cannot be written.
   *
   * @throws IllegalArgumentException if it is of another kind, or in a list of lists
   */
  static void require(ColumnDescriptor leaf) {
    PrimitiveType type = leaf.getPrimitiveType();
    if (!isKnown(type)) {
      throw new IllegalArgumentException(
          "column %s: expected text, bytes, a signed whole number or a double, got %s"
              .formatted(leaf, type));
    }
    if (leaf.getMaxRepetitionLevel() > 1 || leaf.getMaxDefinitionLevel() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "column %s: expected at most one list and %d levels, got %d and %d"
              .formatted(
                  leaf,
                  Byte.MAX_VALUE,
                  leaf.getMaxRepetitionLevel(),
                  leaf.getMaxDefinitionLevel()));
    }
  }

  private static boolean isKnown(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    PrimitiveTypeName stored = type.getPrimitiveTypeName();
    if (meaning == null) {
      return stored == PrimitiveTypeName.BINARY
          || stored == PrimitiveTypeName.INT32
          || stored == PrimitiveTypeName.INT64
          || stored == PrimitiveTypeName.DOUBLE;
    }
    if (meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number) {
      return number.isSigned();
    }
    return meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || meaning instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
        || meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
        || meaning instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
  }
}
