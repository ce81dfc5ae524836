package dev.historics.archive.mapping;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The mappings of one installation, by the names of their sources. */
public final class SourceMappings {
  private final SortedMap<String, SourceMapping> bySource;

  private SourceMappings(SortedMap<String, SourceMapping> bySource) {
    this.bySource = Collections.unmodifiableSortedMap(bySource);
  }

  /**
   * Every {@code *.yaml} in some folders such as {@code conf/sources}. A mapping in a later folder
   * replaces one of the same source in an earlier folder; a folder that does not exist holds none.
   *
   * @throws InvalidMappingException if a file is no mapping, or two in one folder are for the same
   *     source
   * @throws IOException if a folder or a file cannot be read
   */
  public static SourceMappings load(Path... folders) throws IOException, InvalidMappingException {
    SortedMap<String, SourceMapping> all = new TreeMap<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        all.putAll(inFolder(folder));
      }
    }
    return new SourceMappings(all);
  }

  private static SortedMap<String, SourceMapping> inFolder(Path folder)
      throws IOException, InvalidMappingException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      found.forEach(files::add);
    }
    Collections.sort(files);
    SortedMap<String, SourceMapping> mappings = new TreeMap<>();
    SortedMap<String, Path> origins = new TreeMap<>();
    for (Path file : files) {
      SourceMapping mapping = SourceMapping.load(file);
      Path other = origins.put(mapping.source(), file);
      if (other != null) {
        throw new InvalidMappingException(
            file.toString(),
            List.of(
                new InvalidMappingException.Problem(
                    1,
                    1,
                    "expected one mapping for source '%s' in a folder, found another in %s"
                        .formatted(mapping.source(), other.getFileName()))));
      }
      mappings.put(mapping.source(), mapping);
    }
    return mappings;
  }

  /** The names of all sources that have a mapping. */
  public SortedSet<String> sources() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(bySource.keySet()));
  }

  /** The mapping for {@code source}, if there is one. */
  public Optional<SourceMapping> find(String source) {
    return Optional.ofNullable(bySource.get(source));
  }

  /**
   * The mapping for {@code source}.
   *
   * @throws NoSuchElementException if there is none; the message says what to do
   */
  public SourceMapping mapping(String source) {
    return find(source).orElseThrow(() -> new NoSuchElementException(unknown(source)));
  }

  private String unknown(String source) {
    return """
    no mapping for source '%s'%s; there are mappings for: %s
    to add one, write conf/sources/%s.yaml with at least
      source: %s
      id: {path: FIELD}
      created_at: {path: FIELD}
      interaction:
        content: {path: FIELD}
    or 'shape: datasift' after the source, if the records are interactions already"""
        .formatted(
            source,
            Nearest.hint(source, bySource.keySet()),
            bySource.isEmpty() ? "no source at all" : String.join(", ", bySource.keySet()),
            source,
            source);
  }
}
