package dev.historics.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
  private static final long MB = 1 << 20;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  private static MachineChecks on(int java, long heapMb, long memoryMb, String zones) {
    return new MachineChecks(
        new Machine(java, java + ".0.1", heapMb * MB, memoryMb * MB, zones), CLOCK);
  }

  @ParameterizedTest
  @CsvSource({"11, FAILED", "17, OK", "18, WARNING", "20, WARNING", "21, OK", "25, OK"})
  void java_is_17_or_21_and_later(int feature, Verdict verdict) {
    Finding finding = on(feature, 1000, 2000, "2026a").java();

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.found()).isEqualTo(feature + ".0.1");
  }

  @ParameterizedTest
  @CsvSource({"511, 2000, WARNING", "512, 2000, OK", "2000, 2000, OK", "2001, 2000, FAILED"})
  void the_heap_is_large_enough_and_fits(long heapMb, long memoryMb, Verdict verdict) {
    assertThat(on(17, heapMb, memoryMb, "2026a").memory().verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"2026b, OK", "2024a, OK", "2023d, WARNING", "unknown, WARNING"})
  void time_zones_are_of_the_last_two_years(String zones, Verdict verdict) {
    assertThat(on(17, 1000, 2000, zones).timeZones().verdict()).isEqualTo(verdict);
  }

  @Test
  void a_codec_gives_back_what_it_was_given() {
    assertThat(MachineChecks.zstd(UnaryOperator.identity()).verdict()).isEqualTo(Verdict.OK);
    assertThat(MachineChecks.zstd(bytes -> new byte[bytes.length]))
        .isEqualTo(
            Finding.failed(
                "zstd",
                "a codec that gives back what it was given",
                "other bytes came back",
                "test this machine's memory; trust it not"));
  }

  @Test
  void a_codec_that_cannot_be_loaded_says_where_it_is_unpacked() {
    Finding finding =
        MachineChecks.zstd(
            bytes -> {
              throw new UnsatisfiedLinkError("/tmp/libzstd.so: not permitted");
            });

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.found()).contains("/tmp/libzstd.so: not permitted");
    assertThat(finding.advice()).contains("java.io.tmpdir");
  }

  @Test
  void hadoops_own_library_may_be_missing() {
    assertThat(MachineChecks.nativeHadoop(() -> false).verdict()).isEqualTo(Verdict.OK);
    assertThat(MachineChecks.nativeHadoop(() -> true).found()).isEqualTo("found");
  }

  /** Whoever runs the tests has what the program needs. */
  @Test
  void this_machine_is_looked_at() throws Exception {
    for (Check check : new MachineChecks(Machine.here(), CLOCK).all()) {
      assertThat(check.look().look())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.check()).isEqualTo(check.name());
                assertThat(finding.verdict()).as(finding.toString()).isNotEqualTo(Verdict.FAILED);
              });
    }
  }
}
