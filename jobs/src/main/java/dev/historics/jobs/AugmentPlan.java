package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.historics.archive.Manifest;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.augment.Augmentation;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.upkeep.CompactionSettings;
import dev.historics.filter.Target;
import dev.historics.filter.ValueType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What the tasks of a job that augments days must know besides what they read.
 *
 * @param days numbered from 0
 * @param type of the target that is compared
 * @param isTrial whether days are left as they are
 * @param considered the targets that get a column, those of the augmentation among them
 */
record AugmentPlan(
    String archiveRoot,
    List<Day> days,
    Joined joined,
    ValueType type,
    boolean isTrial,
    List<TargetColumn> considered,
    Stripping stripping,
    CompactionSettings settings) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  AugmentPlan {
    days = List.copyOf(days);
    considered = List.copyOf(considered);
  }

  /**
   * A version of a day.
   *
   * @param files their paths, in the manifest's order
   */
  record Day(String directory, long version, List<String> files) {
    Day {
      files = List.copyOf(files);
    }

    static Day of(Manifest manifest) {
      return new Day(
          manifest.day().directory(),
          manifest.version(),
          manifest.files().stream().map(manifest::pathOf).toList());
    }

    SourceDay sourceDay() {
      return SourceDay.parse(directory);
    }
  }

  /** What is joined, as {@link Augmentation} has it. */
  record Joined(
      String namespace,
      String on,
      String key,
      List<TargetColumn> columns,
      Augmentation.Join join,
      String table,
      String sha256) {
    static Joined of(Augmentation augmentation) {
      return new Joined(
          augmentation.namespace(),
          augmentation.on(),
          augmentation.key(),
          augmentation.columns(),
          augmentation.join(),
          augmentation.table(),
          augmentation.sha256());
    }

    Augmentation augmentation() {
      return new Augmentation(namespace, on, key, columns, join, table, sha256, Instant.EPOCH, 0);
    }
  }

  /** The target that is compared with the table's key. */
  Target target() {
    return new Target(joined.on(), type, false, "");
  }

  private static String path(String job) {
    return ReplayPlan.folder(job) + "/augment.json";
  }

  void write(ArchiveFiles results, String job) throws IOException {
    try (ArchiveOutput file = results.create(path(job))) {
      file.write(JSON.writeValueAsBytes(this));
    }
  }

  static AugmentPlan read(ArchiveFiles results, String job) throws IOException {
    try (ArchiveInput in = results.open(path(job))) {
      byte[] text = new byte[Math.toIntExact(in.length())];
      in.readFully(0, text, 0, text.length);
      return JSON.readValue(text, AugmentPlan.class);
    } catch (JsonProcessingException e) {
      throw new IOException("%s is no plan: %s".formatted(path(job), e.getOriginalMessage()), e);
    }
  }
}
