package dev.historics.archive.mapping;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import java.util.List;

/** Carries out one mapping, reading each record once. Owned by one thread. */
final class StreamingMapper implements RecordMapper {
  private final String source;
  private final Shape.DataSift dataSift;
  private final List<Refusal> refusals;
  private final Shape other;
  private final RecordScanner scanner;
  private final Workbench dataSiftBench = new Workbench();
  private final Workbench otherBench = new Workbench();

  /**
   * @param refusals which records are not interactions at all
   * @param other for records that are not in DataSift's shape
   */
  StreamingMapper(
      String source, PathTree paths, Shape.DataSift dataSift, List<Refusal> refusals, Shape other) {
    this.source = source;
    this.dataSift = dataSift;
    this.refusals = refusals;
    this.other = other;
    this.scanner = new RecordScanner(paths);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Interaction map(byte[] record) throws RejectedRecordException {
    scanner.scan(record);
    Captured captured = scanner.captured();
    if (dataSift.fits(captured)) {
      return dataSift.interaction(scanner, dataSiftBench);
    }
    for (Refusal refusal : refusals) {
      if (captured.has(refusal.path())) {
        throw new RejectedRecordException(refusal.reason());
      }
    }
    return other.interaction(scanner, otherBench);
  }
}
