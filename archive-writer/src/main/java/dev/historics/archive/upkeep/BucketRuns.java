package dev.historics.archive.upkeep;

import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.IdHash;
import dev.historics.archive.Interaction;
import dev.historics.archive.SampleBuckets;
import dev.historics.archive.SourceDay;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.format.LandingWriter;
import dev.historics.archive.format.SealedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The interactions of a day dealt out by bucket, so that each run can be sorted in memory and all
 * runs, one after the other, are in the order of a sealed file. A single run stays in memory, more
 * lie in temporary files. Owned by one thread.
 */
final class BucketRuns {
  private final ArchiveFiles files;
  private final SourceDay day;
  private final int count;
  private final List<Interaction> memory = new ArrayList<>();
  private final LandingWriter[] writers;
  private final List<DataFile> written = new ArrayList<>();

  BucketRuns(ArchiveFiles files, SourceDay day, long rawBytes, long runBytesMax) {
    this.files = files;
    this.day = day;
    this.count = (int) Math.min(SampleBuckets.COUNT, rawBytes / runBytesMax + 1);
    this.writers = new LandingWriter[count];
  }

  void add(Interaction interaction, IdHash hash) throws IOException {
    if (count == 1) {
      memory.add(interaction);
      return;
    }
    int run = SampleBuckets.of(hash) * count / SampleBuckets.COUNT;
    if (writers[run] == null) {
      writers[run] =
          LandingWriter.create(
              files, day, "%s/%s/run-%02d".formatted(day.directory(), Archive.STAGING, run));
    }
    writers[run].append(interaction, hash);
  }

  /** Hands on all interactions in order. */
  void writeTo(SealedWriter out) throws IOException {
    if (count == 1) {
      writeSorted(memory, out);
      return;
    }
    for (int run = 0; run < count; run++) {
      if (writers[run] != null) {
        LandingWriter full = writers[run];
        writers[run] = null;
        written.add(full.finish());
      }
    }
    for (DataFile run : written) {
      writeSorted(read(run), out);
    }
  }

  private List<Interaction> read(DataFile run) throws IOException {
    List<Interaction> interactions = new ArrayList<>();
    try (InteractionReader rows = InteractionReader.open(files, day, run)) {
      while (rows.hasNext()) {
        interactions.add(rows.next());
      }
    }
    return interactions;
  }

  private static void writeSorted(List<Interaction> interactions, SealedWriter out)
      throws IOException {
    List<Keyed> keyed = new ArrayList<>(interactions.size());
    for (Interaction interaction : interactions) {
      keyed.add(new Keyed(interaction, IdHash.of(interaction.id())));
    }
    keyed.sort(null);
    for (Keyed row : keyed) {
      out.append(row.interaction, row.hash);
    }
  }

  /** Removes the temporary files. */
  void discard() throws IOException {
    for (int run = 0; run < count; run++) {
      if (writers[run] != null) {
        writers[run].discard();
        writers[run] = null;
      }
    }
    for (DataFile run : written) {
      files.delete(day.directory() + "/" + run.ids().path());
      files.delete(day.directory() + "/" + run.path());
    }
    written.clear();
  }

  /** An interaction with its hash computed once, in the order of a sealed file. */
  private record Keyed(Interaction interaction, IdHash hash) implements Comparable<Keyed> {
    @Override
    public int compareTo(Keyed other) {
      int order = Integer.compare(SampleBuckets.of(hash), SampleBuckets.of(other.hash));
      return order != 0 ? order : SealedWriter.IN_BUCKET.compare(interaction, other.interaction);
    }
  }
}
