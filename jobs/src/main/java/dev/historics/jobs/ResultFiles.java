package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.ArchivePaths;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.QueryId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files of results: {@code <query>/parts/} with the matched interactions, {@code
 * <query>/chunks/<day>.json} for each chunk that is done, and {@code <query>/manifest.json} once
 * the query has ended. What a manifest does not name does not count.
 */
final class ResultFiles {
  private final ArchiveFiles files;

  ResultFiles(ArchiveFiles files) {
    this.files = files;
  }

  /** What a chunk that is done covered; empty if it is not done. */
  Optional<ChunkManifest> chunk(ChunkId chunk) throws IOException {
    String path = ChunkManifest.path(chunk);
    return files.exists(path)
        ? Optional.of(ChunkManifest.parse(path, read(path)))
        : Optional.empty();
  }

  /** The manifest vouches for the part's content, so nothing that lay there before will do. */
  private void move(String part, String target, String job) throws IOException {
    if (!files.publish(part, target)) {
      throw new IOException(
          "%s is there already: job %s ran before, and must not run again".formatted(target, job));
    }
  }

  /**
   * Makes a chunk done: moves its part files to the query and publishes its manifest. If somebody
   * else made it done first, nothing of this attempt counts.
   *
   * @return the manifest in force
   */
  ChunkManifest publish(ChunkId chunk, ChunkManifest manifest) throws IOException {
    List<ChunkManifest.SourceCount> moved = new ArrayList<>();
    int number = 0;
    for (ChunkManifest.SourceCount source : manifest.sources()) {
      List<PartFile> parts = new ArrayList<>();
      for (PartFile part : source.files()) {
        String target =
            "%s/parts/%s-%s-%d.ndjson"
                .formatted(chunk.query(), chunk.day(), manifest.job(), number++);
        move(part.path(), target, manifest.job());
        parts.add(part.at(target));
      }
      moved.add(source.with(parts));
    }
    ChunkManifest published =
        new ChunkManifest(
            manifest.query(),
            manifest.day(),
            manifest.job(),
            moved,
            manifest.reading(),
            manifest.reusedFrom());
    String staged = "%s/chunk-%s.json".formatted(ReplayPlan.folder(manifest.job()), chunk.query());
    if (publish(published.toBytes(), staged, ChunkManifest.path(chunk))) {
      return published;
    }
    return chunk(chunk)
        .orElseThrow(() -> new IOException("chunk %s was published and is gone".formatted(chunk)));
  }

  /**
   * Writes a file whole and gives it a name that nobody has.
   *
   * @return false if somebody has it
   */
  boolean publish(byte[] text, String staged, String target) throws IOException {
    files.delete(staged);
    try (ArchiveOutput out = files.create(staged)) {
      out.write(text);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("%s is being written by another process".formatted(staged), e);
    }
    if (files.publish(staged, target)) {
      return true;
    }
    files.delete(staged);
    return false;
  }

  byte[] read(String path) throws IOException {
    try (ArchiveInput in = files.open(path)) {
      byte[] text = new byte[Math.toIntExact(in.length())];
      in.readFully(0, text, 0, text.length);
      return text;
    }
  }

  /**
   * Copies what a part file holds.
   *
   * @throws IOException if it is missing or is not what its digest says; then part of it was
   *     written
   */
  void copy(PartFile part, OutputStream target) throws IOException {
    MessageDigest digest = sha256();
    try (ArchiveInput input = files.open(part.path());
        DigestInputStream content = new DigestInputStream(input.stream(), digest)) {
      long copied = content.transferTo(target);
      String found = HexFormat.of().formatHex(digest.digest());
      if (copied != part.bytes() || !found.equals(part.sha256())) {
        throw new IOException(
            "%s is damaged: expected %d bytes with SHA-256 %s, found %d with %s"
                .formatted(part.path(), part.bytes(), part.sha256(), copied, found));
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Removes what jobs left in the query's folder and no chunk's manifest names. */
  void sweep(QueryId query, List<ChunkManifest> chunks) throws IOException {
    List<String> named =
        chunks.stream()
            .flatMap(chunk -> chunk.sources().stream())
            .flatMap(source -> source.files().stream())
            .map(PartFile::path)
            .toList();
    String parts = query + "/parts";
    for (String name : files.list(parts)) {
      String path = ArchivePaths.in(parts, name);
      if (!named.contains(path)) {
        files.delete(path);
      }
    }
  }
}
