package dev.historics.archive.format;

import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;

/**
 * A trial, in memory, that damaged files are noticed. The libraries below leave checksums out or
 * unread unless told otherwise, and then return wrong records for about half of all single-bit
 * errors without a word; so each program that reads an archive runs this once when it starts.
 */
public final class ChecksumSelfCheck {
  private static final SourceDay DAY = new SourceDay("selfcheck", LocalDate.EPOCH);

  private ChecksumSelfCheck() {}

  /**
   * Writes a landing and a sealed file, flips one bit of the data in each, and reads them.
   *
   * @throws IllegalStateException if that is not noticed
   */
  public static void run() {
    try {
      ArchiveFiles files = new MemoryFiles(InstantSource.fixed(Instant.EPOCH));
      requireNoticed(files, landing(files));
      requireNoticed(files, sealed(files));
    } catch (IOException e) {
      throw new IllegalStateException("the self-check of checksums could not be run", e);
    }
  }

  private static DataFile landing(ArchiveFiles files) throws IOException {
    LandingWriter writer = LandingWriter.create(files, DAY, DAY.directory() + "/landing");
    writer.append(interaction(), IdHash.of(interaction().id()));
    return writer.finish();
  }

  private static DataFile sealed(ArchiveFiles files) throws IOException {
    SealedWriter writer =
        SealedWriter.create(
            files,
            DAY,
            DAY.directory() + "/sealed",
            new SealedColumns(List.of(), Stripping.STANDARD),
            new SealedOrder(1),
            1 << 20);
    writer.append(interaction(), IdHash.of(interaction().id()));
    return writer.finish();
  }

  /** Its text does not compress, so that only a checksum can tell that it is wrong. */
  private static Interaction interaction() {
    StringBuilder text = new StringBuilder("{\"noise\":\"");
    for (int i = 0; i < 512; i++) {
      text.append((char) (0x100 + (int) (IdHash.of("noise" + i).high() >>> 48) % 0x6000));
    }
    byte[] raw = text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    return new Interaction("self-check", Instant.EPOCH, raw);
  }

  private static void requireNoticed(ArchiveFiles files, DataFile file) throws IOException {
    byte[] bytes = bytes(files, DAY.directory() + "/" + file.path());
    bytes[place(bytes)] ^= 1;
    ArchiveFiles damaged = new MemoryFiles(InstantSource.fixed(Instant.EPOCH));
    try (ArchiveOutput out = damaged.create(DAY.directory() + "/" + file.path())) {
      out.write(bytes, 0, bytes.length);
    }
    boolean isNoticed = false;
    try (InteractionReader rows = InteractionReader.open(damaged, DAY, file)) {
      while (rows.hasNext()) {
        rows.next();
      }
    } catch (IOException e) {
      isNoticed = true;
    }
    if (!isNoticed) {
      throw new IllegalStateException(
          "a damaged %s file was read as if it were whole: checksums are not verified"
              .formatted(file.kind()));
    }
  }

  private static byte[] bytes(ArchiveFiles files, String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      byte[] bytes = new byte[Math.toIntExact(in.length())];
      in.readFully(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  /** A byte in the middle of the text, which stands in the file as it is or Huffman-coded. */
  private static int place(byte[] bytes) {
    return bytes.length / 2;
  }
}
