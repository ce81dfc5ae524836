package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonsTest {
  private final Reasons reasons = new Reasons();

  @Test
  void reasons_that_differ_in_the_value_found_alone_are_one_with_the_first_as_example() {
    reasons.add("no id: 'id' has no value", "line 1", "{}");
    reasons.add("created_at: expected a time like 'yyyy' at 'at', found \"x\"", "line 2", "{x}");
    reasons.add("created_at: expected a time like 'yyyy' at 'at', found \"y\"", "line 3", "{y}");
    reasons.add("too large: expected at most 10 bytes, found 20", "line 4", "aaaa");
    reasons.add("too large: expected at most 10 bytes, found 31", "line 5", "bbbb");
    reasons.add("too large: expected at most 10 bytes, found 40", "line 6", "cccc");

    assertThat(reasons.all())
        .containsExactly(
            new Reasons.Reason(
                "too large: expected at most 10 bytes, found 20", 3, "line 4", "aaaa"),
            new Reasons.Reason(
                "created_at: expected a time like 'yyyy' at 'at', found \"x\"", 2, "line 2", "{x}"),
            new Reasons.Reason("no id: 'id' has no value", 1, "line 1", "{}"));
  }

  @Test
  void reasons_that_found_nothing_and_something_are_two() {
    reasons.add("expected an object, found none", "line 1", "1");
    reasons.add("expected an object, found \"x\"", "line 2", "\"x\"");

    assertThat(reasons.all()).hasSize(2);
  }

  @Test
  void a_flood_of_kinds_of_reasons_is_counted_and_not_kept() {
    for (int i = 0; i < 3000; i++) {
      reasons.add("reason " + "x".repeat(i), "line " + i, "record");
    }

    assertThat(reasons.all()).hasSize(1001);
    assertThat(reasons.all().get(0))
        .isEqualTo(new Reasons.Reason("other reasons", 2000, "line 1000", "record"));
  }
}
