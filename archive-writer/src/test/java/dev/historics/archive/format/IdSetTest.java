package dev.historics.archive.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.archive.IdHash;
import dev.historics.archive.Sidecar;
import dev.historics.archive.files.ArchiveFiles;
import dev.historics.archive.files.ArchiveInput;
import dev.historics.archive.files.ArchiveOutput;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSetTest {
  private static final String DIRECTORY = "source=a/day=2017-08-05";

  private static IdHash hash(SplittableRandom random) {
    // Small numbers collide, and the ends of the range are where a table wraps round.
    return switch (random.nextInt(4)) {
      case 0 -> new IdHash(random.nextInt(3), random.nextInt(3));
      case 1 -> new IdHash(-1L - random.nextInt(3), random.nextLong());
      default -> new IdHash(random.nextLong(), random.nextLong());
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agrees_with_a_plain_sorted_set_and_so_does_its_file(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    IdSet set = new IdSet();
    TreeSet<IdHash> plain = new TreeSet<>();
    int count = random.nextInt(1, 20_000);
    for (int i = 0; i < count; i++) {
      IdHash hash = hash(random);
      assertThat(set.add(hash)).isEqualTo(plain.add(hash));
    }

    ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
    Sidecar sidecar = IdIndex.write(files, DIRECTORY, DIRECTORY + "/data/x-1.avro", set);
    IdIndex index = IdIndex.read(files, DIRECTORY + "/" + sidecar.path(), sidecar);

    assertThat(sidecar.path()).startsWith("data/x-1").endsWith(".ids");
    List<IdHash> found = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      found.add(index.get(i));
    }
    assertThat(found).containsExactlyElementsOf(plain);
    assertThat(set.size()).isEqualTo(plain.size());
    for (int i = 0; i < 1000; i++) {
      IdHash hash = hash(random);
      assertThat(set.contains(hash)).isEqualTo(plain.contains(hash));
      assertThat(index.contains(hash)).isEqualTo(plain.contains(hash));
    }
  }

  @Test
  void the_ids_of_one_sample_bucket_come_out_in_order() {
    SplittableRandom random = new SplittableRandom(1);
    long bucket = Long.MIN_VALUE - (1L << 56);
    IdSet set = new IdSet();
    TreeSet<IdHash> plain = new TreeSet<>();
    for (int i = 0; i < 50_000; i++) {
      IdHash hash = new IdHash(bucket + (random.nextLong() >>> 7), random.nextLong());
      set.add(hash);
      plain.add(hash);
    }

    long[] sorted = set.sorted();

    List<IdHash> found = new ArrayList<>();
    for (int i = 0; i < sorted.length; i += 2) {
      found.add(new IdHash(sorted[i], sorted[i + 1]));
    }
    assertThat(found).containsExactlyElementsOf(plain);
  }

  @Test
  void what_two_files_have_in_common_is_found() throws IOException {
    ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
    Sidecar low = sidecar(files, 0, 20_000);
    Sidecar high = sidecar(files, 19_000, 50_000);
    IdIndex index = IdIndex.read(files, DIRECTORY + "/" + low.path(), low);

    IdSet common = new IdSet();
    try (SortedIds ids = IndexedIds.open(files, DIRECTORY + "/" + high.path(), high)) {
      index.common(ids, common);
    }

    assertThat(common.size()).isEqualTo(1000);
    assertThat(common.contains(IdHash.of("id19000"))).isTrue();
    assertThat(common.contains(IdHash.of("id18999"))).isFalse();
  }

  private static Sidecar sidecar(ArchiveFiles files, int from, int to) throws IOException {
    IdSet set = new IdSet();
    for (int i = from; i < to; i++) {
      set.add(IdHash.of("id" + i));
    }
    return IdIndex.write(files, DIRECTORY, DIRECTORY + "/data/x.avro", set);
  }

  @Test
  void an_index_read_in_pieces_is_refused_wherever_a_bit_of_it_is_flipped() throws IOException {
    ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
    Sidecar whole = sidecar(files, 0, 30);
    byte[] bytes = new byte[(int) whole.bytes()];
    try (ArchiveInput in = files.open(DIRECTORY + "/" + whole.path())) {
      in.readFully(0, bytes, 0, bytes.length);
    }
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      String path = "flipped-" + at;
      try (ArchiveOutput out = files.create(path)) {
        out.write(flipped, 0, flipped.length);
      }

      assertThatThrownBy(() -> drain(files, path, whole))
          .as("byte %d", at)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(path + ": the id index is damaged: ");
    }
  }

  private static void drain(ArchiveFiles files, String path, Sidecar sidecar) throws IOException {
    try (SortedIds ids = IndexedIds.open(files, path, sidecar)) {
      IdIndex.of(ids, 30);
    }
  }

  @Test
  void a_file_that_is_not_what_the_manifest_says_is_refused() throws IOException {
    ArchiveFiles files = new MemoryFiles(Archives.CLOCK);
    Sidecar sidecar = IdIndex.write(files, DIRECTORY, DIRECTORY + "/data/x.avro", new IdSet());
    Sidecar other = new Sidecar(Sidecar.IDS, sidecar.path(), sidecar.bytes(), "00");

    assertThatThrownBy(() -> IdIndex.read(files, DIRECTORY + "/" + sidecar.path(), other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the id index is damaged: expected SHA-256 00, found");
  }
}
