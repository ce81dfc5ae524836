package dev.historics.archive.format;

import dev.historics.archive.Interaction;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.form.Bytes;
import dev.historics.archive.form.Form;
import dev.historics.archive.form.FormCache;
import dev.historics.archive.form.ShreddedRow;
import dev.historics.archive.parquet.NumberReader;
import dev.historics.archive.parquet.RowRanges;
import dev.historics.archive.parquet.TextReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * The interactions of one row group, put together from all columns, in any order; pages are read
 * that hold rows which are asked for. Starts before the first row. Owned by one thread.
 */
public final class RowGroupRows {
  private final SealedFile file;
  private final RowGroup rowGroup;
  private final RowGroupColumns readers;
  private final RowRanges wanted;
  private final List<Values> columns = new ArrayList<>();
  private final ShreddedRow values;
  private final FormCache forms;
  private final Bytes raw = new Bytes();
  private final TextReader ids;
  private final NumberReader times;
  private final NumberReader buckets;
  private final TextReader formTexts;
  private final TextReader rests;
  private int row = -1;

  RowGroupRows(SealedFile file, RowGroup rowGroup, RowGroupColumns readers, RowRanges wanted)
      throws IOException {
    this.file = file;
    this.rowGroup = rowGroup;
    this.readers = readers;
    this.wanted = wanted;
    this.values = new ShreddedRow(file.layout().columns().size() + 1);
    this.forms = new FormCache(file.layout().slots(file.layout().numbers(), values.columns() - 1));
    this.ids = texts(file.id());
    this.times = numbers(file.createdAt());
    this.buckets = numbers(file.bucket());
    this.formTexts = texts(file.form());
    this.rests = texts(file.rest());
    List<List<ColumnDescriptor>> leaves = file.layout().leaves();
    for (int column = 0; column < leaves.size(); column++) {
      columns.add(values(column, leaves.get(column)));
    }
  }

  private TextReader texts(ColumnDescriptor leaf) throws IOException {
    return readers.texts(leaf, wanted);
  }

  private NumberReader numbers(ColumnDescriptor leaf) throws IOException {
    return readers.numbers(leaf, wanted);
  }

  /** Whether there is a row behind the one that was gone to last. */
  public boolean hasNext() {
    return row + 1 < rowGroup.rows();
  }

  /** Goes to the next row. */
  public void next() {
    row++;
  }

  /** Goes to a row, counted from 0; best behind those before. */
  public void goTo(int target) {
    row = target;
  }

  /** The id of the present row. */
  String id() throws IOException {
    ids.seek(row);
    int value = ids.first();
    return new String(ids.array(), ids.start(value), ids.length(value), StandardCharsets.UTF_8);
  }

  /** The stored sample bucket of the present row. */
  public int bucket() throws IOException {
    buckets.seek(row);
    return (int) buckets.number(buckets.first());
  }

  /** The present row whole. */
  public Interaction interaction() throws IOException {
    Bytes json = raw();
    times.seek(row);
    return new Interaction(id(), Instant.ofEpochMilli(times.number(times.first())), json.copy());
  }

  /**
   * The JSON of the present row, valid until the next call.
   *
   * @throws IOException if the file is damaged
   */
  public Bytes raw() throws IOException {
    try {
      values.clear();
      for (Values column : columns) {
        column.take(row);
      }
      ids.seek(row);
      int id = ids.first();
      values.text(columns.size(), ids.array(), ids.start(id), ids.start(id) + ids.length(id));
      rests.seek(row);
      int rest = rests.first();
      int from = rests.start(rest);
      raw.clear();
      form().fill(values, rests.array(), from, from + rests.length(rest), raw);
      return raw;
    } catch (IOException | RuntimeException e) {
      throw Unreadable.file(file.path(), e);
    }
  }

  private Form form() throws IOException {
    formTexts.seek(row);
    int form = formTexts.first();
    int from = formTexts.start(form);
    return forms.get(formTexts.array(), from, from + formTexts.length(form));
  }

  /** Takes the values of a row in one column. */
  private interface Values {
    void take(int row) throws IOException;
  }

  private Values values(int column, List<ColumnDescriptor> leaves) throws IOException {
    StoredColumn stored = file.layout().columns().get(column);
    ColumnDescriptor leaf = leaves.get(0);
    return switch (stored.column().kind()) {
      case TEXT -> texts(column, texts(leaf));
      case INT -> integers(column, numbers(leaf));
      case FLOAT -> decimals(column, numbers(leaf));
      case GEO -> places(column, numbers(leaf), numbers(leaves.get(1)));
    };
  }

  private Values texts(int column, TextReader reader) {
    return at -> {
      reader.seek(at);
      for (int v = reader.first(); v < reader.end(); v++) {
        int start = reader.start(v);
        values.text(column, reader.array(), start, start + reader.length(v));
      }
    };
  }

  private Values integers(int column, NumberReader reader) {
    return at -> {
      reader.seek(at);
      for (int v = reader.first(); v < reader.end(); v++) {
        values.integer(column, reader.number(v));
      }
    };
  }

  private Values decimals(int column, NumberReader reader) {
    return at -> {
      reader.seek(at);
      for (int v = reader.first(); v < reader.end(); v++) {
        values.decimal(column, reader.decimal(v));
      }
    };
  }

  private Values places(int column, NumberReader latitudes, NumberReader longitudes) {
    return at -> {
      latitudes.seek(at);
      longitudes.seek(at);
      int east = longitudes.first();
      for (int v = latitudes.first(); v < latitudes.end(); v++) {
        values.geo(column, latitudes.decimal(v), longitudes.decimal(east++));
      }
    };
  }
}
