package dev.historics.archive.intake;

import dev.historics.archive.Characters;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What becomes of each record: what its mapper says, unless it is something that the archive cannot
 * hold, whoever mapped it. Owned by one thread.
 */
final class Mapping {
  private static final int ID_CHARACTERS_MAX = 1024;
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private final RecordMapper mapper;
  private final InstantSource clock;
  private final Duration futureMax;
  private final TakenDown takenDown;

  /**
   * @param futureMax how far behind the present a record may lie
   */
  Mapping(RecordMapper mapper, InstantSource clock, Duration futureMax, TakenDown takenDown) {
    this.mapper = mapper;
    this.clock = clock;
    this.futureMax = futureMax;
    this.takenDown = takenDown;
  }

  Block<Outcome> map(Block<InputRecord> block) {
    return block.map(this::outcome);
  }

  private Interaction interaction(byte[] record) throws RejectedRecordException {
    Interaction interaction = mapper.map(record);
    check(interaction);
    if (interaction.createdAt().isAfter(clock.instant().plus(futureMax))) {
      throw new RejectedRecordException(
          "created_at: expected a time of at most %s after the present, found %s"
              .formatted(length(futureMax), interaction.createdAt()));
    }
    return interaction;
  }

  /** What becomes of one record. */
  Outcome outcome(InputRecord record) {
    if (!record.isWhole()) {
      return new Outcome.Refused(record);
    }
    try {
      Interaction interaction = interaction(record.bytes());
      Optional<String> reason = takenDown.reason(interaction);
      return reason.isPresent()
          ? new Outcome.TakenDown(record.forgotten(reason.get()))
          : new Outcome.Accepted(interaction, IdHash.of(interaction.id()));
    } catch (RejectedRecordException e) {
      InputRecord rejected = record.rejected(e.getMessage());
      return e.deletedId().isPresent()
          ? new Outcome.Deletion(rejected, e.deletedId().get())
          : new Outcome.Refused(rejected);
    }
  }

  /** Refuses what the archive can never hold. */
  static void check(Interaction interaction) throws RejectedRecordException {
    Instant createdAt = interaction.createdAt();
    if (createdAt.isBefore(Instant.EPOCH) || !createdAt.isBefore(END)) {
      throw new RejectedRecordException(
          "created_at: expected a time from 1970 to 9999, found " + createdAt);
    }
    String id = interaction.id();
    if (id.length() > ID_CHARACTERS_MAX) {
      throw new RejectedRecordException(
          "id: expected at most %d characters, found %d".formatted(ID_CHARACTERS_MAX, id.length()));
    }
    if (!Characters.isWhole(id)) {
      throw new RejectedRecordException("id: expected Unicode text, found half a character");
    }
  }

  /** As settings spell it. */
  private static String length(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds + "s";
  }
}
