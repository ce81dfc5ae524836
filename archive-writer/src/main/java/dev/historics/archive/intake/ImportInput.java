package dev.historics.archive.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that records are read from, once. Plain, gzip or zstd is told by its first bytes; a
 * name that ends in {@code .csv} (before {@code .gz} or {@code .zst}) means CSV with a header, any
 * other one JSON value a line.
 */
public final class ImportInput {
  /** The size of a stream that does not say how long it is. */
  static final long UNKNOWN = -1;

  private final String name;
  private final String place;
  private final long bytes;
  private final Source source;

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private ImportInput(String name, String place, long bytes, Source source) {
    this.name = name;
    this.place = place;
    this.bytes = bytes;
    this.source = source;
  }

  /** A stream, such as standard input; it is not closed. */
  public static ImportInput stream(String name, InputStream stream) {
    return new ImportInput(name, "", UNKNOWN, () -> new Unclosed(stream));
  }

  /**
   * A file, or all files in a directory and below it, sorted by path; those whose names start with
   * a dot are passed over.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  public static List<ImportInput> at(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(file(path));
    }
    List<ImportInput> inputs = new ArrayList<>();
    try (Stream<Path> below = Files.walk(path)) {
      for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          inputs.add(file(file));
        }
      }
    }
    if (inputs.isEmpty()) {
      throw new IOException("%s: expected a directory with files, found none".formatted(path));
    }
    return inputs;
  }

  private static ImportInput file(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("%s: there is no such file".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new IOException("%s: the file cannot be read; check its permissions".formatted(file));
    }
    return new ImportInput(
        file.toString(),
        file.toAbsolutePath().normalize().toString(),
        Files.size(file),
        () -> Files.newInputStream(file));
  }

  /** What it is called in reports and in the quarantine. */
  public String name() {
    return name;
  }

  /** The absolute path of a file, which can be opened again; empty for a stream. */
  String place() {
    return place;
  }

  /** Its size before decompression, or {@link #UNKNOWN}. */
  long bytes() {
    return bytes;
  }

  /** Whether it is CSV with a header, and not one JSON value a line. */
  public boolean isCsv() {
    String plain = name.replaceFirst("\\.(gz|zst)$", "");
    return plain.endsWith(".csv");
  }

  /** As it is stored. */
  InputStream open() throws IOException {
    return source.open();
  }

  /**
   * Everything that is in it, unpacked. To be opened once; the caller closes it.
   *
   * @throws IOException if it cannot be read, or starts like gzip or zstd and is neither
   */
  public InputStream openPlain() throws IOException {
    InputStream stored = open();
    try {
      return PlainStream.of(stored);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** A stream that somebody else closes. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
