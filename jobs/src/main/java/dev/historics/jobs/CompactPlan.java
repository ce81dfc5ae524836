package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.upkeep.CompactionSettings;
import java.io.IOException;
import java.util.List;

/**
 * Everything the tasks of a job that seals days must know.
 *
 * @param archiveRoot the archive's address
 */
record CompactPlan(String archiveRoot, CompactionSettings settings, List<Layout> layouts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  CompactPlan {
    layouts = List.copyOf(layouts);
  }

  /**
   * How the days of one source are sealed.
   *
   * @param considered the targets that get a column
   */
  record Layout(String source, List<TargetColumn> considered, Stripping stripping) {
    Layout {
      considered = List.copyOf(considered);
    }
  }

  Layout layout(String source) {
    return layouts.stream()
        .filter(layout -> layout.source().equals(source))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the plan has no source '" + source + "'"));
  }

  void write(ArchiveFiles results, String path) throws IOException {
    try (ArchiveOutput file = results.create(path)) {
      file.write(JSON.writeValueAsBytes(this));
    }
  }

  static CompactPlan read(ArchiveFiles results, String path) throws IOException {
    try (ArchiveInput in = results.open(path)) {
      byte[] text = new byte[Math.toIntExact(in.length())];
      in.readFully(0, text, 0, text.length);
      return JSON.readValue(text, CompactPlan.class);
    } catch (JsonProcessingException e) {
      throw new IOException("%s is no plan: %s".formatted(path, e.getOriginalMessage()), e);
    }
  }
}
