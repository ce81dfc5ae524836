package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.NoSuchElementException;

/**
 * A landing file being read from front to back: checksums are verified, and the number of rows must
 * be what the manifest says. Owned by one thread.
 */
public final class LandingFile implements InteractionReader {
  /** Large, because each read may be a round trip to another machine. */
  private static final int BUFFER_BYTES = 1 << 20;

  /** What a block can hold besides the interactions' JSON, in each row. */
  private static final long ROW_BYTES_MAX = 4096;

  /** The largest record that can be imported, and the rest of its block. */
  private static final long BLOCK_BYTES_MAX = (1L << 30) + (1L << 20);

  private final String path;
  private final DataFile entry;
  private final LandingBlocks blocks;
  private final BlockRows rows = new BlockRows();
  private long leftInBlock;
  private long read;

  private LandingFile(String path, DataFile entry, LandingBlocks blocks) {
    this.path = path;
    this.entry = entry;
    this.blocks = blocks;
  }

  /**
   * Opens a file that a manifest of {@code day} names.
   *
   * @throws IOException if it is missing, damaged, or of another length
   */
  public static LandingFile open(ArchiveFiles files, SourceDay day, DataFile entry)
      throws IOException {
    String path = day.directory() + "/" + entry.path();
    ArchiveInput input = files.open(path);
    try {
      if (input.length() != entry.bytes()) {
        throw new IOException(
            "%s: expected %d bytes, found %d".formatted(path, entry.bytes(), input.length()));
      }
      return over(path, entry, input);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private static LandingFile over(String path, DataFile entry, ArchiveInput input)
      throws IOException {
    long blockMax =
        Math.min(BLOCK_BYTES_MAX, entry.rawBytes() + ROW_BYTES_MAX * Math.max(1, entry.rows()));
    BufferedInputStream stream = new BufferedInputStream(input.stream(), BUFFER_BYTES);
    return new LandingFile(path, entry, new LandingBlocks(path, stream, input.length(), blockMax));
  }

  /**
   * How many rows can be read of a file, be it cut or damaged: those in whole blocks before the
   * first that is not.
   *
   * @throws IOException if it cannot even be opened
   */
  public static long readableRows(ArchiveFiles files, SourceDay day, DataFile entry)
      throws IOException {
    String path = day.directory() + "/" + entry.path();
    try (ArchiveInput input = files.open(path)) {
      long rows = 0;
      try (LandingFile file = over(path, entry, input)) {
        while (file.blocks.next()) {
          rows += file.blocks.rows();
        }
      } catch (IOException e) {
        // What was counted until here is the answer.
      }
      return rows;
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    boolean hasNext = leftInBlock > 0 || nextBlock();
    if (hasNext ? read >= entry.rows() : read != entry.rows()) {
      throw new IOException(
          "%s: expected %d rows, found %s"
              .formatted(path, entry.rows(), hasNext ? "more" : String.valueOf(read)));
    }
    return hasNext;
  }

  private boolean nextBlock() throws IOException {
    while (leftInBlock == 0) {
      if (!rows.isEnd()) {
        throw blocks.damagedBlock("it holds more than its rows");
      }
      if (!blocks.next()) {
        return false;
      }
      leftInBlock = blocks.rows();
      rows.reset(blocks.content(), blocks.contentLength());
    }
    return true;
  }

  @Override
  public Interaction next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException(path);
    }
    try {
      Interaction row = rows.next();
      leftInBlock--;
      read++;
      return row;
    } catch (IOException e) {
      throw blocks.damagedBlock("a row cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
