package dev.historics.archive.mapping;

import dev.historics.archive.Interaction;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;

/** Maps records that have something around them. Owned by one thread, as its mapper is. */
record UnpackingMapper(Unpacking unpacking, RecordMapper mapper) implements RecordMapper {
  @Override
  public String source() {
    return mapper.source();
  }

  @Override
  public Interaction map(byte[] record) throws RejectedRecordException {
    return mapper.map(unpacking.unpack(record));
  }
}
