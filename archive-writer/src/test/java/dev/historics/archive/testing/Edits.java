package dev.historics.archive.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.format.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What nobody should do to an archive: its files changed where they lie. */
public final class Edits {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Edits() {}

  public static byte[] read(ArchiveFiles files, String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      return in.stream().readAllBytes();
    }
  }

  public static void replace(ArchiveFiles files, String path, byte[] bytes) throws IOException {
    files.delete(path);
    try (ArchiveOutput out = files.create(path)) {
      out.write(bytes, 0, bytes.length);
    }
  }

  /** A copy with one bit the other way. */
  public static byte[] flipped(byte[] bytes, long bit) {
    byte[] damaged = bytes.clone();
    damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    return damaged;
  }

  /** Changes what a manifest says, and seals it again, as only a program like ours could. */
  public static void manifest(ArchiveFiles files, String path, Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(read(files, path));
    manifest.remove("checksum");
    change.accept(manifest);
    String open = manifest.toString();
    open = open.substring(0, open.length() - 1);
    String hash =
        HexFormat.of().formatHex(NewFile.sha256().digest(open.getBytes(StandardCharsets.UTF_8)));
    String sealed = "%s,\"checksum\":\"%s\"}\n".formatted(open, hash);
    replace(files, path, sealed.getBytes(StandardCharsets.UTF_8));
  }
}
