package dev.historics.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a scan's time goes, by the JVM's own sampling of the thread that scans. */
final class Stages {
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final List<String> EVENTS =
      List.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

  private Stages() {}

  /** What a scan does, each with parts of the names of the classes that do it. */
  private enum Stage {
    READ("sun[.]nio[.]ch|java[.]io[.]RandomAccessFile|org[.]apache[.]hadoop[.]fs"),
    DECOMPRESS("zstd"),
    CHECKSUM("java[.]util[.]zip"),
    OUTPUT("archive[.]form[.]|format[.]RowGroupRows|format[.]SealedRows|jobs[.]Delivery"),
    DECODE("dev[.]historics[.](archive|jobs)"),
    TOKENISE(
        "filter[.]text[.](Word|OddStretch|LoneCharacters|FoundNumbers|Cutting|CharacterKinds)"),
    MATCH("dev[.]historics[.]filter"),
    OTHER("^$");

    private final String names;

    Stage(String names) {
      this.names = names;
    }

    boolean does(String type) {
      return Pattern.compile(names).matcher(type).find();
    }
  }

  /**
   * The shares of the stages in what this thread does, largest first.
   *
   * @param work is done until some seconds are over
   */
  static String of(Runs.Work work, Duration length) throws Exception {
    Path file = Files.createTempFile("historics-bench", ".jfr");
    try (Recording recording = new Recording()) {
      EVENTS.forEach(event -> recording.enable(event).withPeriod(PERIOD));
      recording.start();
      long end = System.nanoTime() + length.toNanos();
      while (System.nanoTime() < end) {
        work.run();
      }
      recording.stop();
      recording.dump(file);
      return shares(file, Thread.currentThread().getName());
    } finally {
      Files.delete(file);
    }
  }

  private static String shares(Path file, String thread) throws IOException {
    Map<Stage, Integer> samples = new EnumMap<>(Stage.class);
    int all = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (EVENTS.contains(event.getEventType().getName())
            && event.getStackTrace() != null
            && event.getThread("sampledThread").getJavaName().equals(thread)) {
          samples.merge(stage(event.getStackTrace().getFrames()), 1, Integer::sum);
          all++;
        }
      }
    }
    int total = Math.max(1, all);
    return samples.entrySet().stream()
        .sorted(Map.Entry.<Stage, Integer>comparingByValue().reversed())
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    each.getKey().name().toLowerCase(Locale.ROOT),
                    100.0 * each.getValue() / total))
        .collect(Collectors.joining(", "));
  }

  /** The innermost frame that tells. */
  private static Stage stage(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      for (Stage stage : Stage.values()) {
        if (stage.does(type)) {
          return stage;
        }
      }
    }
    return Stage.OTHER;
  }
}
