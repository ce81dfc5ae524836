package dev.historics.cli.doctor;

import com.github.luben.zstd.Zstd;
import dev.historics.jobs.ClusterExam;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of the Java that runs the program, its memory, its codecs and its time zones. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final int NEXT_JAVA = 21;
  private static final long LEAST_HEAP = 512L << 20;
  private static final int ZONES_YEARS_MAX = 2;
  private static final Pattern ZONES = Pattern.compile("([0-9]{4})[a-z]*");
  private static final int TRIED_BYTES = 1 << 16;
  private static final int TRIED_KINDS = 16;

  private final Machine machine;
  private final InstantSource clock;

  MachineChecks(Machine machine, InstantSource clock) {
    this.machine = machine;
    this.clock = clock;
  }

  List<Check> all() {
    return List.of(
        new Check("java", "Java 17, or 21 and later", () -> List.of(java())),
        new Check("memory", "a heap of at least 512 MB", () -> List.of(memory())),
        new Check(
            "zstd",
            "a codec that gives back what it was given",
            () -> List.of(zstd(MachineChecks::thereAndBack))),
        new Check(
            "hadoop's native library",
            "found or not: nothing needs it",
            () -> List.of(nativeHadoop(ClusterExam::hasNativeHadoop))),
        new Check("time zones", "rules of the last two years", () -> List.of(timeZones())));
  }

  Finding java() {
    String expected = "Java 17, or 21 and later";
    if (machine.feature() < OLDEST_JAVA) {
      return Finding.failed("java", expected, machine.java(), "set JAVA_HOME to a newer Java");
    }
    return machine.feature() == OLDEST_JAVA || machine.feature() >= NEXT_JAVA
        ? Finding.ok("java", expected, machine.java())
        : Finding.warning(
            "java",
            expected,
            machine.java(),
            "this Java gets no repairs: set JAVA_HOME to another");
  }

  Finding memory() {
    String expected = "a heap of at least 512 MB that fits into the machine";
    String found =
        "%s of heap, %s in the machine"
            .formatted(Sizes.shown(machine.heapBytes()), Sizes.shown(machine.memoryBytes()));
    if (machine.heapBytes() > machine.memoryBytes()) {
      return Finding.failed(
          "memory", expected, found, "give a smaller -Xmx in JAVA_TOOL_OPTIONS, or more memory");
    }
    return machine.heapBytes() >= LEAST_HEAP
        ? Finding.ok("memory", expected, found)
        : Finding.warning(
            "memory", expected, found, "set JAVA_TOOL_OPTIONS=-Xmx1g, or use a larger machine");
  }

  /** Tells of a codec by what comes back through it. */
  static Finding zstd(UnaryOperator<byte[]> thereAndBack) {
    String expected = "a codec that gives back what it was given";
    byte[] tried = new byte[TRIED_BYTES];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < tried.length; i++) {
      tried[i] = (byte) random.nextInt(TRIED_KINDS);
    }
    boolean same;
    try {
      same = Arrays.equals(tried, thereAndBack.apply(tried));
    } catch (LinkageError e) {
      return Finding.failed(
          "zstd",
          expected,
          "its library cannot be loaded: " + e.getMessage(),
          "Java unpacks it into java.io.tmpdir: let programs be run from there, or name another"
              + " folder in JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR");
    }
    return same
        ? Finding.ok("zstd", expected, "64 KB came back as they were")
        : Finding.failed(
            "zstd", expected, "other bytes came back", "test this machine's memory; trust it not");
  }

  private static byte[] thereAndBack(byte[] bytes) {
    return Zstd.decompress(Zstd.compress(bytes), bytes.length);
  }

  static Finding nativeHadoop(BooleanSupplier isThere) {
    return Finding.ok(
        "hadoop's native library",
        "found or not: nothing needs it",
        isThere.getAsBoolean() ? "found" : "not found; Java's own checksums are used");
  }

  Finding timeZones() {
    String expected = "rules of the last two years";
    int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
    Matcher version = ZONES.matcher(machine.timeZones());
    boolean young =
        version.matches() && Integer.parseInt(version.group(1)) >= year - ZONES_YEARS_MAX;
    return young
        ? Finding.ok("time zones", expected, machine.timeZones())
        : Finding.warning(
            "time zones",
            expected,
            machine.timeZones(),
            "recurring queries may run at a wrong hour: update Java");
  }
}
