package dev.historics.archive.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.Archive;
import dev.historics.archive.DataFile;
import dev.historics.archive.Interaction;
import dev.historics.archive.Manifest;
import dev.historics.archive.RecordMapper;
import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.SourceDay;
import dev.historics.archive.format.InteractionReader;
import dev.historics.archive.intake.QuarantineShelf;
import dev.historics.archive.removal.LiveRows;
import dev.historics.archive.removal.TombstoneList;
import dev.historics.archive.removal.Tombstones;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive of source {@code twitter} holds, or is to hold, in the plainest way: maps in
 * memory. Shares no code with the archive but the value types; never changes.
 *
 * @param days the records by id, of each day that has any
 * @param putAside the records that could not be archived, sorted
 */
public record Model(SortedMap<SourceDay, SortedMap<String, String>> days, List<String> putAside) {
  public static final Model EMPTY = new Model(new TreeMap<>(), List.of());

  private static final Pattern EDITED = Pattern.compile("\"updated_at\":\"([^\"]*)\"");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DataSiftMapper MAPPER = new DataSiftMapper("twitter");

  public Model {
    SortedMap<SourceDay, SortedMap<String, String>> copy = new TreeMap<>();
    days.forEach((day, rows) -> copy.put(day, new TreeMap<>(rows)));
    days = copy;
    putAside = putAside.stream().sorted().toList();
  }

  /**
   * This, and these records imported: of each id and day, the version edited last counts, and of
   * those the first.
   */
  public Model with(List<String> records) {
    Model next = new Model(days, putAside);
    List<String> refused = new ArrayList<>(putAside);
    for (String record : records) {
      try {
        Interaction row = MAPPER.map(record.getBytes(StandardCharsets.UTF_8));
        next.day(row).merge(row.id(), record, Model::later);
      } catch (RejectedRecordException e) {
        refused.add(record);
      }
    }
    return new Model(next.days, refused);
  }

  private static String later(String old, String now) {
    return edited(now).compareTo(edited(old)) > 0 ? now : old;
  }

  /** In ISO 8601, so that the later one is the greater one; empty if it was never edited. */
  private static String edited(String record) {
    Matcher time = EDITED.matcher(record);
    return time.find() ? time.group(1) : "";
  }

  /** This, and what was put aside tried again with another mapper. */
  public Model retried(RecordMapper mapper) {
    Model next = new Model(days, List.of());
    List<String> refused = new ArrayList<>();
    for (String record : putAside) {
      try {
        Interaction row = mapper.map(record.getBytes(StandardCharsets.UTF_8));
        next.day(row).putIfAbsent(row.id(), record);
      } catch (RejectedRecordException e) {
        refused.add(record);
      }
    }
    return new Model(next.days, refused);
  }

  /** This, and the rows of these ids taken down. */
  public Model without(Set<String> ids) {
    Model next = new Model(days, putAside);
    next.days.values().forEach(rows -> rows.keySet().removeAll(ids));
    return next;
  }

  /** This, each record changed. */
  public Model changed(UnaryOperator<String> change) {
    Model next = new Model(days, putAside);
    next.days.values().forEach(rows -> rows.replaceAll((id, record) -> change.apply(record)));
    return next;
  }

  private SortedMap<String, String> day(Interaction row) {
    LocalDate date = LocalDate.ofInstant(row.createdAt(), ZoneOffset.UTC);
    return days.computeIfAbsent(new SourceDay(MAPPER.source(), date), day -> new TreeMap<>());
  }

  /** Whether each day is as in {@code before} or as in {@code after}, and nothing is halfway. */
  public boolean isBetween(Model before, Model after) {
    Set<SourceDay> all = new TreeSet<>(days.keySet());
    all.addAll(before.days.keySet());
    for (SourceDay day : all) {
      Optional<SortedMap<String, String>> rows = rows(day);
      if (!rows.equals(before.rows(day)) && !rows.equals(after.rows(day))) {
        return false;
      }
    }
    return putAside.equals(before.putAside) || putAside.equals(after.putAside);
  }

  /**
   * Whether each day has everything of {@code before}, and nothing that is not in {@code after}.
   */
  public boolean isWithin(Model before, Model after) {
    return days.entrySet().stream()
            .allMatch(
                day ->
                    after.days.get(day.getKey()).entrySet().containsAll(day.getValue().entrySet()))
        && before.days.entrySet().stream()
            .allMatch(
                day -> days.get(day.getKey()).entrySet().containsAll(day.getValue().entrySet()))
        && after.putAside.containsAll(putAside);
  }

  private Optional<SortedMap<String, String>> rows(SourceDay day) {
    return Optional.ofNullable(days.get(day));
  }

  /**
   * What a reader of the newest versions finds.
   *
   * @throws IllegalStateException if an id is twice in a day
   */
  public static Model of(Archive archive) throws IOException {
    SortedMap<SourceDay, SortedMap<String, String>> days = new TreeMap<>();
    for (SourceDay day : archive.days()) {
      Optional<Manifest> newest = archive.newest(day);
      if (newest.isPresent()) {
        TombstoneList tombstones = new Tombstones(archive).newest(day.source());
        days.put(day, rows(archive, newest.get(), tombstones));
      }
    }
    return new Model(days, putAside(archive));
  }

  private static SortedMap<String, String> rows(
      Archive archive, Manifest manifest, TombstoneList tombstones) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    for (DataFile file : manifest.files()) {
      try (InteractionReader rows =
          LiveRows.open(archive.files(), manifest.day(), file, tombstones)) {
        while (rows.hasNext()) {
          Interaction row = rows.next();
          String raw = new String(row.raw(), StandardCharsets.UTF_8);
          if (found.put(row.id(), raw) != null) {
            throw new IllegalStateException(
                "%s: id '%s' is there twice".formatted(manifest.day(), row.id()));
          }
        }
      }
    }
    return found;
  }

  private static List<String> putAside(Archive archive) throws IOException {
    List<String> records = new ArrayList<>();
    QuarantineShelf shelf = new QuarantineShelf(archive);
    for (QuarantineShelf.Lot lot : shelf.lots()) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      shelf.copy(lot, content);
      for (String line : content.toString(StandardCharsets.UTF_8).lines().toList()) {
        JsonNode entry = JSON.readTree(line);
        records.add(entry.path("record").asText());
      }
    }
    return records;
  }

  /** How many rows each day has: what a failed comparison should say first. */
  public Map<SourceDay, Integer> counts() {
    Map<SourceDay, Integer> counts = new TreeMap<>();
    days.forEach((day, rows) -> counts.put(day, rows.size()));
    return counts;
  }

  /** Short, because a failed comparison prints both. */
  @Override
  public String toString() {
    return "rows %s of ids %s, put aside %s"
        .formatted(counts(), days.values().stream().map(Map::keySet).toList(), putAside);
  }
}
