package dev.historics.archive.testing;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.nio.charset.StandardCharsets;

/** Takes what {@link DataSiftMapper} does, and times that are misspelt in one way besides. */
public final class MendingMapper implements RecordMapper {
  private static final String RIGHT = "\"created_at\":\"";
  private static final String MISSPELT = RIGHT + "on ";

  private final DataSiftMapper mapper = new DataSiftMapper("twitter");

  /** A record with its time misspelt, so that only this mapper takes it. */
  public static String misspelt(String record) {
    return record.replace(RIGHT, MISSPELT);
  }

  @Override
  public String source() {
    return mapper.source();
  }

  @Override
  public Interaction map(byte[] line) throws RejectedRecordException {
    String mended = new String(line, StandardCharsets.UTF_8).replace(MISSPELT, RIGHT);
    Interaction row = mapper.map(mended.getBytes(StandardCharsets.UTF_8));
    return new Interaction(row.id(), row.createdAt(), line);
  }
}
