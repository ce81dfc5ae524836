package dev.historics.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExaminationTest {
  private static final Examination PATIENT = new Examination(Duration.ofMinutes(1));
  private static final Finding WELL = Finding.ok("well", "e", "f");

  private static Check check(String name, Check.Look look) {
    return new Check(name, "e", look);
  }

  private static Finding only(Check.Look look) throws InterruptedException {
    List<Finding> findings = PATIENT.run(List.of(check("it", look)));
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static void hang(CountDownLatch never) throws IOException {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new IOException("the examination ended", e);
    }
  }

  @Test
  void findings_come_in_the_order_of_the_checks_whoever_answers_first() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    Finding other = Finding.warning("other", "e", "f", "a");

    List<Finding> findings =
        PATIENT.run(
            List.of(
                check(
                    "slow",
                    () -> {
                      hang(second);
                      return List.of(WELL, other);
                    }),
                check(
                    "quick",
                    () -> {
                      second.countDown();
                      return List.of(WELL);
                    })));

    assertThat(findings).containsExactly(WELL, other, WELL);
  }

  @Test
  @Timeout(30)
  void what_does_not_answer_is_told_and_the_others_are_not_held_up() throws Exception {
    CountDownLatch never = new CountDownLatch(1);

    List<Finding> findings =
        new Examination(Duration.ofMillis(1500))
            .run(
                List.of(
                    check(
                        "name node",
                        () -> {
                          hang(never);
                          return List.of(WELL);
                        }),
                    check("well", () -> List.of(WELL))));

    assertThat(findings)
        .containsExactly(
            Finding.failed(
                "name node",
                "e",
                "no answer within 1 s",
                "check that it runs and can be reached from here; --patience waits longer"),
            WELL);
  }

  @Test
  void a_failure_that_says_what_to_do_is_told_as_it_is() throws Exception {
    assertThat(
            only(
                () -> {
                  throw new CliException(ExitCode.FAILED, "it is a file", "move it");
                }))
        .isEqualTo(Finding.failed("it", "e", "it is a file", "move it"));
    assertThat(
            only(
                () -> {
                  throw new IOException("no such disk; mount it");
                }))
        .isEqualTo(Finding.failed("it", "e", "no such disk", "mount it"));
  }

  @Test
  void hadoops_pages_of_advice_are_left_out() throws Exception {
    Finding finding =
        only(
            () -> {
              throw new UncheckedIOException(
                  new IOException(
                      "Call From a/1 to b:2 failed on connection exception: refused; For more"
                          + " details see:  http://wiki.example/\nand more"));
            });

    assertThat(finding.found())
        .isEqualTo("Call From a/1 to b:2 failed on connection exception: refused");
    assertThat(finding.advice()).startsWith("check that what it names is there");
  }

  @Test
  void a_failure_without_words_is_told_by_its_kind() throws Exception {
    assertThat(
            only(() -> {
                  throw new UnsatisfiedLinkError("libx.so");
                })
                .found())
        .isEqualTo("UnsatisfiedLinkError: libx.so");
    assertThat(
            only(() -> {
                  throw new IllegalStateException();
                })
                .found())
        .isEqualTo("IllegalStateException");
  }

  @Test
  void patience_is_above_zero() {
    assertThatThrownBy(() -> new Examination(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
