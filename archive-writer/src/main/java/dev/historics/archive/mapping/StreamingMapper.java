package dev.historics.archive.mapping;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.util.Optional;

/** Carries out one mapping, reading each record once. Owned by one thread. */
final class StreamingMapper implements RecordMapper {
  private final String source;
  private final Shape.DataSift dataSift;
  private final Refusals refusals;
  private final Shape other;
  private final RecordReader reader;
  private final Workbench dataSiftBench = new Workbench();
  private final Workbench otherBench = new Workbench();

  /**
   * @param refusals which records are not interactions at all
   * @param other for records that are not in DataSift's shape
   */
  StreamingMapper(
      String source, PathTree paths, Shape.DataSift dataSift, Refusals refusals, Shape other) {
    this.source = source;
    this.dataSift = dataSift;
    this.refusals = refusals;
    this.other = other;
    this.reader = new RecordReader(paths);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Interaction map(byte[] record) throws RejectedRecordException {
    reader.read(record);
    Captured captured = reader.captured();
    if (dataSift.fits(captured)) {
      return dataSift.interaction(reader, dataSiftBench);
    }
    refusals.check(captured, otherBench.hash());
    try {
      return other.interaction(reader, otherBench);
    } catch (RejectedRecordException e) {
      Optional<String> lack = other == dataSift ? Optional.empty() : dataSift.lack(captured);
      throw lack.isEmpty()
          ? e
          : new RejectedRecordException("an interaction as DataSift made them, but " + lack.get());
    }
  }
}
