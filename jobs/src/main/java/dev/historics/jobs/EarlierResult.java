package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.schedule.ChunkId;
import dev.historics.schedule.ChunkWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier query found by the same rule in the same part of a day. It serves again if the
 * archive holds the same version of the day and of the tombstones, if rules are read in the same
 * way, and if its files are what its manifest says. They are copied, so that neither query's
 * results hang on the other's.
 */
final class EarlierResult {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierResult.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JobSetting setting;
  private final String job;

  EarlierResult(JobSetting setting, String job) {
    this.setting = setting;
    this.job = job;
  }

  /** What decides what a rule finds, beside its text and the data, as a hash. */
  static String reading(SortedSet<String> sources, JobSetting setting) {
    List<Dialect> dialects = sources.stream().map(setting.dialects()).toList();
    String program = String.valueOf(EarlierResult.class.getPackage().getImplementationVersion());
    try {
      String text = program + "\n" + JSON.writeValueAsString(dialects);
      return HexFormat.of()
          .formatHex(ResultFiles.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("dialects have a JSON form", e);
    }
  }

  /**
   * The earlier result as one of this job's, with copies of its files in the job's folder.
   *
   * @param versions of the day, by source; a source without that day is left out
   * @param tombstones by source
   * @return empty if it does not serve
   */
  Optional<ChunkManifest> copy(
      ChunkWork chunk, ChunkId earlier, Map<String, Long> versions, Map<String, Long> tombstones) {
    try {
      Optional<ChunkManifest> found = new ResultFiles(setting.results()).chunk(earlier);
      if (found.isEmpty() || !serves(found.get(), chunk, versions, tombstones)) {
        return Optional.empty();
      }
      List<ChunkManifest.SourceCount> sources = new ArrayList<>();
      for (ChunkManifest.SourceCount source : found.get().sources()) {
        List<PartFile> copies = new ArrayList<>();
        for (PartFile part : source.files()) {
          copies.add(copy(part, chunk, copies.size(), source.source()));
        }
        sources.add(source.with(copies));
      }
      return Optional.of(
          new ChunkManifest(
              chunk.id().query().value(),
              chunk.id().day().toString(),
              job,
              sources,
              found.get().reading(),
              earlier.query().value()));
    } catch (IOException e) {
      LOG.warn("earlier result does not serve chunk={} earlier={}", chunk.id(), earlier, e);
      return Optional.empty();
    }
  }

  private boolean serves(
      ChunkManifest found,
      ChunkWork chunk,
      Map<String, Long> versions,
      Map<String, Long> tombstones) {
    return found.reading().equals(reading(chunk.sources(), setting))
        && found.sources().size() == chunk.sources().size()
        && found.sources().stream()
            .allMatch(
                source ->
                    chunk.sources().contains(source.source())
                        && source.unreadable().isEmpty()
                        && source.archiveVersion() == versions.getOrDefault(source.source(), 0L)
                        && source.tombstones() == tombstones.getOrDefault(source.source(), 0L));
  }

  private PartFile copy(PartFile part, ChunkWork chunk, int number, String source)
      throws IOException {
    ArchiveFiles files = setting.results();
    String target =
        "%s/copied-%s-%s-%d.ndjson"
            .formatted(ReplayPlan.folder(job), chunk.id().query(), source, number);
    files.delete(target);
    try (ArchiveOutput out = files.create(target)) {
      new ResultFiles(files).copy(part, out);
    }
    return part.at(target);
  }
}
