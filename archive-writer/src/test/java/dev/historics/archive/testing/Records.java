package dev.historics.archive.testing;

import dev.historics.archive.intake.ImportInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up records in DataSift's shape. */
public final class Records {
  public static final LocalDate DAY = LocalDate.of(2017, 8, 5);

  private Records() {}

  /** One record, one line without its end. */
  public static String record(String id, Instant createdAt, String content) {
    return """
        {"interaction":{"id":"%s","created_at":"%s","content":"%s"}}"""
        .formatted(id, createdAt, content);
  }

  /**
   * Records whose ids are {@code prefix} and a number from 0 on, spread over {@code days} days from
   * {@link #DAY}.
   */
  public static List<String> some(String prefix, int count, int days, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Instant start = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant time = start.plusMillis(random.nextLong(days * 86_400_000L));
      records.add(record(prefix + i, time, "word" + random.nextInt(100)));
    }
    return records;
  }

  /** The records as an input. */
  public static ImportInput input(List<String> records) {
    return input("records.ndjson", String.join("\n", records).getBytes(StandardCharsets.UTF_8));
  }

  public static ImportInput input(String name, byte[] bytes) {
    return ImportInput.stream(name, new ByteArrayInputStream(bytes));
  }
}
