package dev.historics.archive.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrapTest {
  @TempDir Path folder;

  @Test
  void nothing_is_set_unless_somebody_asks_for_it() {
    assertThat(Trap.of("", "").isSet()).isFalse();
    assertThat(Trap.of("import.after-day:1", "").isSet()).isTrue();
  }

  @Test
  void places_are_written_down_and_only_the_n_th_visit_kills() throws Exception {
    Path record = folder.resolve("record");
    Trap trap = Trap.of("import.after-day:3", record.toString());

    trap.enter(KillPoint.IMPORT_AFTER_DAY);
    trap.enter(KillPoint.SWEEP_AFTER_DELETE);
    trap.enter(KillPoint.IMPORT_AFTER_DAY);

    assertThat(Files.readAllLines(record))
        .containsExactly("import.after-day", "sweep.after-delete", "import.after-day");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"import.after-day", "import.after-day:0", ":1", "IMPORT:1", "a:1234567890"})
  void a_place_without_a_number_is_refused(String kill) {
    assertThatThrownBy(() -> Trap.of(kill, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "historics.kill: expected a place and a number such as 'import.after-day:2', found '%s'",
            kill);
  }

  @Test
  void points_have_names_of_their_own() {
    assertThat(Arrays.stream(KillPoint.values()).map(KillPoint::text))
        .doesNotHaveDuplicates()
        .allMatch(text -> text.matches("[a-z]+\\.[a-z]+(-[a-z]+)*"));
  }
}
