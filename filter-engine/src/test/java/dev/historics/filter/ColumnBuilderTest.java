package dev.historics.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnBuilderTest {
  @Test
  void text_comes_back_row_by_row_however_much_of_it_there_is() {
    TextColumn.Builder builder = new TextColumn.Builder();
    byte[] source = "xxé😂yy".getBytes(StandardCharsets.UTF_8);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < 1000; row++) {
      List<String> values = new ArrayList<>();
      for (int v = 0; v < row % 3; v++) {
        String text = "ü".repeat(row);
        builder.add(text);
        values.add(text);
      }
      if (row % 5 == 0) {
        builder.add(source, 2, 6);
        values.add("é😂");
      }
      builder.endRow();
      rows.add(values);
    }

    TextColumn column = builder.build();

    assertThat(column.rows()).isEqualTo(1000);
    for (int row = 0; row < 1000; row++) {
      List<String> values = new ArrayList<>();
      for (int v = column.rowStart(row); v < column.rowStart(row + 1); v++) {
        values.add(column.text(column.entry(v)));
      }
      assertThat(values).isEqualTo(rows.get(row));
    }
  }

  @Test
  void a_cleared_builder_starts_anew_and_leaves_what_it_built() {
    IntColumn.Builder builder = new IntColumn.Builder();
    builder.add(7);
    builder.endRow();
    IntColumn first = builder.build();

    builder.clear();
    builder.endRow();
    builder.add(8);
    builder.endRow();
    IntColumn second = builder.build();

    assertThat(first.rows()).isEqualTo(1);
    assertThat(first.value(first.rowStart(0))).isEqualTo(7);
    assertThat(second.rows()).isEqualTo(2);
    assertThat(second.rowStart(1)).isZero();
    assertThat(second.value(0)).isEqualTo(8);
  }

  @Test
  void numbers_and_places_outgrow_the_first_arrays() {
    FloatColumn.Builder floats = new FloatColumn.Builder();
    GeoColumn.Builder places = new GeoColumn.Builder();
    for (int row = 0; row < 500; row++) {
      floats.add(row / 2.0);
      floats.endRow();
      places.add(row, -row);
      places.endRow();
    }

    assertThat(floats.build().value(499)).isEqualTo(249.5);
    assertThat(places.build().latitude(499)).isEqualTo(499);
    assertThat(places.build().longitude(499)).isEqualTo(-499);
  }

  @Test
  void a_row_that_is_still_open_is_not_built() {
    TextColumn.Builder builder = new TextColumn.Builder();
    builder.add("closed");
    builder.endRow();
    builder.add("open");

    assertThat(builder.build().rows()).isEqualTo(1);
    assertThat(builder.build().entries()).isEqualTo(1);
  }

  @Test
  void a_slice_outside_of_its_source_is_refused() {
    assertThatThrownBy(() -> new TextColumn.Builder().add(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
