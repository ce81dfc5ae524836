package dev.historics.jobs.join;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for keys that stand twice in a table of any length. Only hashes are held, and so many at
 * most: of a longer table it takes a half, a quarter and so on at a time, and reads it as often.
 */
final class DuplicateKeys {
  /** 32 MB. */
  static final int HASHES_MAX = 1 << 22;

  private static final int SUSPECTS_MAX = 1000;

  private final Reading reading;
  private final int hashesMax;

  DuplicateKeys(Reading reading, int hashesMax) {
    this.reading = reading;
    this.hashesMax = hashesMax;
  }

  /** Reads all of the table, once more for each call. */
  @FunctionalInterface
  interface Reading {
    void forEach(Visitor visitor) throws IOException;
  }

  /** Hears each key. */
  @FunctionalInterface
  interface Visitor {
    void key(String key, long place) throws IOException;
  }

  /** A key and the first two places where it stands. */
  record Twice(String key, long first, long second) {}

  /** One that stands twice, if there is any. */
  Optional<Twice> find() throws IOException {
    int bits = 0;
    long slice = 0;
    do {
      Hashes hashes = new Hashes(slice, bits, hashesMax);
      reading.forEach((key, place) -> hashes.add(hash(key)));
      bits = hashes.bits;
      Optional<Twice> found = confirm(hashes.equal());
      if (found.isPresent()) {
        return found;
      }
      slice++;
    } while (slice < 1L << bits);
    return Optional.empty();
  }

  /** Different keys may have one hash, so the suspects are read again. */
  private Optional<Twice> confirm(Set<Long> suspects) throws IOException {
    if (suspects.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> places = new HashMap<>();
    Set<Twice> found = new HashSet<>();
    reading.forEach(
        (key, place) -> {
          if (found.isEmpty() && suspects.contains(hash(key))) {
            Long before = places.putIfAbsent(key, place);
            if (before != null) {
              found.add(new Twice(key, before, place));
            }
          }
        });
    return found.stream().findFirst();
  }

  private static long hash(String key) {
    return Hashing.murmur3_128().hashString(key, StandardCharsets.UTF_8).asLong();
  }

  /** The hashes of one slice. The first one halves itself until all of it has room. */
  private static final class Hashes {
    private final long slice;
    private final int max;
    private final Set<Long> twice = new HashSet<>();
    private long[] values;
    private int size;
    private int bits;

    Hashes(long slice, int bits, int max) {
      this.slice = slice;
      this.bits = bits;
      this.max = max;
      this.values = new long[Math.min(max, 1024)];
    }

    void add(long hash) {
      if (!isOurs(hash)) {
        return;
      }
      if (size == values.length) {
        makeRoom();
        add(hash);
        return;
      }
      values[size++] = hash;
    }

    private boolean isOurs(long hash) {
      return bits == 0 || hash >>> (Long.SIZE - bits) == slice;
    }

    private void makeRoom() {
      takeEqual();
      if (size <= values.length / 2) {
        return;
      }
      if (slice == 0 && values.length == max) {
        bits++;
        long[] kept = Arrays.stream(values, 0, size).filter(this::isOurs).toArray();
        System.arraycopy(kept, 0, values, 0, kept.length);
        size = kept.length;
        return;
      }
      // Later slices are about as large as the first became.
      values = Arrays.copyOf(values, slice == 0 ? Math.min(max, 2 * size) : 2 * size);
    }

    /** Keeps each hash once. */
    private void takeEqual() {
      Arrays.sort(values, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (kept > 0 && values[kept - 1] == values[i]) {
          if (twice.size() < SUSPECTS_MAX) {
            twice.add(values[i]);
          }
        } else {
          values[kept++] = values[i];
        }
      }
      size = kept;
    }

    Set<Long> equal() {
      takeEqual();
      return twice;
    }
  }
}
