package dev.historics.archive.intake;

import java.io.IOException;
import java.util.Optional;

/** Reads and maps when it is asked, on the thread that asks. */
final class DirectFeed implements Feed {
  private final InputBlocks blocks;
  private final Mapping mapping;

  DirectFeed(InputBlocks blocks, Mapping mapping) {
    this.blocks = blocks;
    this.mapping = mapping;
  }

  @Override
  public Optional<Block<Outcome>> next() throws IOException {
    return blocks.next().map(mapping::map);
  }

  @Override
  public boolean isCutShort() {
    return blocks.isCutShort();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
