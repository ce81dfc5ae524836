package dev.historics.archive.intake;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.removal.TombstoneList;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** An import that stores nothing: shows what the records of an input would become. */
public final class Trial {
  private final Mapping mapping;
  private final ImportSettings settings;

  public Trial(RecordMapper mapper, InstantSource clock, ImportSettings settings) {
    TombstoneList none = TombstoneList.none(mapper.source());
    this.mapping = new Mapping(mapper, clock, settings.futureMax(), new TakenDown(() -> none));
    this.settings = settings;
  }

  /** Who is told what becomes of each record, in order. */
  public interface Visitor {
    /** It would be archived. */
    void accepted(long line, Interaction interaction);

    /**
     * It would be put aside.
     *
     * @param record its bytes, or their head if it is too large
     */
    void refused(long line, byte[] record, String reason);
  }

  /**
   * Maps records.
   *
   * @param recordsMax how many, at most
   * @return how many there were
   * @throws IOException if the input cannot be read; the message names the place
   */
  public long run(ImportInput input, long recordsMax, Visitor visitor) throws IOException {
    long count = 0;
    try (InputReader reader = InputReader.open(input, settings.recordBytesMax())) {
      while (count < recordsMax) {
        Optional<InputRecord> record = next(reader);
        if (record.isEmpty()) {
          break;
        }
        count++;
        take(record.get(), visitor);
      }
    }
    return count;
  }

  private static Optional<InputRecord> next(InputReader reader) throws IOException {
    try {
      return reader.next();
    } catch (IOException e) {
      throw new IOException(
          "%s: the input is cut or damaged: %s".formatted(reader.place(), e.getMessage()), e);
    }
  }

  private void take(InputRecord record, Visitor visitor) {
    Outcome outcome = mapping.outcome(record);
    if (outcome instanceof Outcome.Accepted accepted) {
      visitor.accepted(record.line(), accepted.interaction());
    } else if (outcome instanceof Outcome.PutAside aside) {
      visitor.refused(record.line(), record.bytes(), aside.record().refusal());
    }
  }
}
