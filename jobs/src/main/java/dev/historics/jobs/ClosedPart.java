package dev.historics.jobs;

import java.io.IOException;

/**
 * A part that cannot be opened; whoever scans it hears why.
 *
 * @param failure why
 */
record ClosedPart(String source, String path, IOException failure) implements DayPart {
  @Override
  public long firstRow() {
    return 0;
  }

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public Batches batches(ScanNeeds needs) throws IOException {
    throw failure;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public void close() {}
}
