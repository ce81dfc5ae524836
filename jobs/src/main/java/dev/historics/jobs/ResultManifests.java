package dev.historics.jobs;

import dev.historics.archive.files.ArchiveFiles;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkView;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.QueryStatus;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.ResultBooks;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results of queries: closes their books, and gives them out. */
public final class ResultManifests implements ResultBooks {
  private final ArchiveFiles files;
  private final ResultFiles results;
  private final String engine;

  /**
   * @param files those below the results root
   * @param engine the version of the program
   */
  public ResultManifests(ArchiveFiles files, String engine) {
    this.files = files;
    this.results = new ResultFiles(files);
    this.engine = engine;
  }

  @Override
  public void close(QueryView query, List<ChunkId> done) throws IOException {
    List<ChunkManifest> chunks = new ArrayList<>();
    for (ChunkId chunk : done) {
      chunks.add(
          results
              .chunk(chunk)
              .orElseThrow(
                  () -> new IOException("the manifest of chunk %s is missing".formatted(chunk))));
    }
    QueryManifest manifest = manifest(query, chunks);
    if (!manifest.balances()) {
      throw new IllegalStateException("the books of query %s do not balance".formatted(query.id()));
    }
    results.sweep(query.id(), chunks);
    results.publish(
        manifest.toBytes(),
        "%s/_manifest.json".formatted(query.id()),
        QueryManifest.path(query.id().value()));
  }

  private QueryManifest manifest(QueryView query, List<ChunkManifest> chunks) {
    List<QueryManifest.Day> days = new ArrayList<>();
    for (ChunkManifest chunk : chunks) {
      for (ChunkManifest.SourceCount source : chunk.sources()) {
        days.add(day(chunk, source));
      }
    }
    QueryRequest request = query.request();
    return new QueryManifest(
        query.id().value(),
        request.name(),
        request.user(),
        request.hash(),
        request.start().toString(),
        request.end().toString(),
        List.copyOf(request.sources()),
        request.samplePercent(),
        query.status().name().toLowerCase(Locale.ROOT),
        engine,
        days.stream().mapToLong(QueryManifest.Day::inRange).sum(),
        days.stream().mapToLong(QueryManifest.Day::matched).sum(),
        days.stream().mapToLong(QueryManifest.Day::unmatched).sum(),
        days.stream().mapToLong(QueryManifest.Day::quarantined).sum(),
        missingDays(query),
        days);
  }

  private static QueryManifest.Day day(ChunkManifest chunk, ChunkManifest.SourceCount source) {
    List<QueryManifest.File> parts = new ArrayList<>();
    for (PartFile part : source.files()) {
      parts.add(new QueryManifest.File(part.path(), part.records(), part.bytes(), part.sha256()));
    }
    return new QueryManifest.Day(
        chunk.day(),
        source.source(),
        chunk.job(),
        source.coverage(),
        source.archiveVersion(),
        source.records(),
        source.inRange(),
        source.matched(),
        source.unmatched(),
        source.quarantined(),
        source.tombstones(),
        source.takenDown(),
        source.unreadable(),
        chunk.reusedFrom(),
        parts);
  }

  private static List<String> missingDays(QueryView query) {
    return query.chunks().stream()
        .filter(chunk -> chunk.status() != QueryStatus.SUCCEEDED)
        .map(ChunkView::day)
        .map(Object::toString)
        .toList();
  }

  @Override
  public void delete(QueryId query) throws IOException {
    files.deleteTree(query.value());
  }

  /** The manifest of a query that has ended; empty if it has not. */
  public Optional<QueryManifest> manifest(QueryId query) throws IOException {
    String path = QueryManifest.path(query.value());
    return files.exists(path)
        ? Optional.of(QueryManifest.parse(path, results.read(path)))
        : Optional.empty();
  }

  /** The manifest as it is stored. */
  public byte[] manifestText(QueryId query) throws IOException {
    return results.read(QueryManifest.path(query.value()));
  }

  /**
   * Writes the matched interactions, one JSON object a line, by day.
   *
   * @throws IOException if a file is missing or is not what the manifest says; what was written
   *     before is sound
   */
  public void copy(QueryManifest manifest, OutputStream target) throws IOException {
    for (QueryManifest.Day day : manifest.days()) {
      for (QueryManifest.File file : day.files()) {
        PartFile part = new PartFile(file.path(), file.records(), file.bytes(), file.sha256());
        results.copy(part, target);
      }
    }
  }
}
