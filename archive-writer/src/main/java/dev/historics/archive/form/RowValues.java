package dev.historics.archive.form;

/** The values that one row has in the columns of a sealed file, by the number of the column. */
public interface RowValues {
  /** How many values the row has in a column. */
  int count(int column);

  /** Where a text is: in {@link #bytes}, from {@link #from} to {@link #to}. */
  byte[] bytes(int column, int index);

  int from(int column, int index);

  int to(int column, int index);

  /** A whole number, or the bits of a double. */
  long number(int column, int index);
}
