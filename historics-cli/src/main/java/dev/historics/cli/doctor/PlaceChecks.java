package dev.historics.cli.doctor;

import dev.historics.archive.Archive;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.jobs.HdfsHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Checks of the places where an installation keeps things: folders, and addresses on HDFS. */
final class PlaceChecks {
  private static final long FREE_ENOUGH = 1L << 30;
  private static final long FREE_LEAST = 64L << 20;
  private static final byte[] TRIED = "doctor\n".getBytes(StandardCharsets.UTF_8);
  private static final String FOLDER = "a folder that can be written, with 1 GB free";
  private static final String HDFS =
      "a name node out of safe mode, with live data nodes and no missing block";
  private static final String FILES = "files can be written, read and removed";

  private final InstantSource clock;
  private final FreeSpace free;

  /** How much of a folder's disk is free. */
  interface FreeSpace {
    long bytes(Path folder) throws IOException;
  }

  PlaceChecks(InstantSource clock, FreeSpace free) {
    this.clock = clock;
    this.free = free;
  }

  static FreeSpace disk() {
    return folder -> Files.getFileStore(folder).getUsableSpace();
  }

  /** What is known of a folder on this machine, which need not be there yet. */
  Finding folder(String check, Path folder) throws IOException {
    Path there = folder;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return Finding.failed(
          check, FOLDER, "%s is a file".formatted(there), "move the file, or change the setting");
    }
    if (!Files.isWritable(there)) {
      return Finding.failed(
          check,
          FOLDER,
          "%s cannot be written".formatted(there),
          "change its permissions, or run as the user that owns it");
    }
    long bytes = free.bytes(there);
    String found =
        "%s%s, %s free"
            .formatted(folder, Files.exists(folder) ? "" : " (not made yet)", Sizes.shown(bytes));
    if (bytes >= FREE_ENOUGH) {
      return Finding.ok(check, FOLDER, found);
    }
    String advice = "free some space on that disk, or move the folder by its setting";
    return bytes >= FREE_LEAST
        ? Finding.warning(check, FOLDER, found, advice)
        : Finding.failed(check, FOLDER, found, advice);
  }

  /** What a name node says. */
  static Finding hdfs(String check, URI root, HdfsHealth health) {
    if (health.safeMode()) {
      return Finding.failed(
          check,
          HDFS,
          "%s is in safe mode: nothing can be written".formatted(root),
          "wait until its data nodes have reported; 'hdfs dfsadmin -safemode get' tells");
    }
    if (health.liveNodes() == 0 || health.capacityBytes() == 0) {
      return Finding.failed(
          check, HDFS, "%s has no live data node".formatted(root), "start its data nodes");
    }
    String nodes =
        health.liveNodes() == HdfsHealth.UNKNOWN
            ? "data nodes"
            : "%d live data nodes".formatted(health.liveNodes());
    String found =
        "%s: %s, %s free of %s, %d blocks missing"
            .formatted(
                root,
                nodes,
                Sizes.shown(health.remainingBytes()),
                Sizes.shown(health.capacityBytes()),
                health.missingBlocks());
    if (health.missingBlocks() > 0) {
      return Finding.failed(
          check,
          HDFS,
          found,
          "'hdfs fsck / -list-corruptfileblocks' names the files; start the data nodes that have"
              + " them, and run 'historics archive verify'");
    }
    return health.remainingBytes() >= FREE_ENOUGH
        ? Finding.ok(check, HDFS, found)
        : Finding.warning(check, HDFS, found, "add data nodes, or remove what is not needed");
  }

  /**
   * Tries a place out with a file of a few bytes, which it removes again. A place that is not there
   * yet is left so.
   *
   * @param place whether things can be written, and the clock of its machine
   */
  List<Finding> written(String place, URI root) throws IOException {
    try (ArchiveFiles files = Archive.at(root, clock).files()) {
      return written(place, files);
    }
  }

  List<Finding> written(String place, ArchiveFiles files) throws IOException {
    String check = place + " files";
    if (!files.exists("")) {
      return List.of(Finding.ok(check, FILES, "not made yet"));
    }
    String folder = "_doctor-" + UUID.randomUUID();
    String file = folder + "/tried";
    List<Finding> findings = new ArrayList<>();
    try {
      Instant before = clock.instant();
      try (ArchiveOutput out = files.create(file)) {
        out.write(TRIED, 0, TRIED.length);
      }
      Instant after = clock.instant();
      findings.add(read(check, files, file));
      findings.add(Clocks.compared(place + " clock", before, files.modified(file), after));
    } finally {
      files.deleteTree(folder);
    }
    return findings;
  }

  private static Finding read(String check, ArchiveFiles files, String file) throws IOException {
    byte[] read;
    try (ArchiveInput in = files.open(file)) {
      read = in.stream().readAllBytes();
    }
    return Arrays.equals(TRIED, read)
        ? Finding.ok(check, FILES, "written, read and removed")
        : Finding.failed(
            check,
            FILES,
            "other bytes came back",
            "check the disk; run 'historics archive verify'");
  }
}
