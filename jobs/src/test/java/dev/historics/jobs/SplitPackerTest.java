package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.archive.DataFile;
import dev.historics.archive.SourceDay;
import dev.historics.archive.Tail;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.mapreduce.InputSplit;
import org.junit.jupiter.api.Test;

class SplitPackerTest {
  private static final SourceDay ALPHA = new SourceDay("alpha", ReplayWorld.DAY);
  private static final SourceDay BETA = new SourceDay("beta", ReplayWorld.DAY);
  private static final Instant NOON = Instant.parse("2017-08-05T12:00:00Z");

  private static DataFile sealed(String path, long bytes, Long... rowGroups) {
    return new DataFile(
        path,
        DataFile.Kind.SEALED,
        10,
        bytes,
        bytes,
        "0".repeat(64),
        Tail.NONE,
        NOON,
        NOON,
        hours(),
        List.of(rowGroups),
        List.of(),
        List.of(),
        0,
        List.of());
  }

  private static List<Long> hours() {
    Long[] hours = Collections.nCopies(24, 0L).toArray(Long[]::new);
    hours[12] = 10L;
    return List.of(hours);
  }

  private static BlockLocation block(long offset, long length, String... hosts) {
    return new BlockLocation(hosts, hosts, offset, length);
  }

  private static List<String> told(SplitPacker packer) {
    return packer.splits().stream().map(SplitPackerTest::told).toList();
  }

  private static String told(InputSplit split) {
    ArchiveSplit archive = (ArchiveSplit) split;
    List<String> parts =
        archive.parts().stream().map(part -> part.path() + "/" + part.rowGroup()).toList();
    return "%s %d %s"
        .formatted(parts, archive.getLength(), Arrays.toString(archive.getLocations()));
  }

  @Test
  void a_split_wants_to_run_where_the_blocks_of_its_row_groups_lie() throws IOException {
    SplitPacker packer = new SplitPacker(100);

    packer.add(
        ALPHA,
        sealed("a", 300, 4L, 104L, 204L),
        block(0, 104, "north", "east"),
        block(104, 100, "south"),
        block(204, 96, "west", "south"));

    assertThat(told(packer))
        .containsExactly("[a/0] 100 [east, north]", "[a/1] 100 [south]", "[a/2] 96 [south, west]");
  }

  @Test
  void a_split_of_several_files_wants_the_three_hosts_with_most_of_its_bytes() throws IOException {
    SplitPacker packer = new SplitPacker(1000);

    packer.add(ALPHA, sealed("a", 104, 4L), block(0, 104, "north", "east"));
    packer.add(ALPHA, sealed("b", 304, 4L), block(0, 304, "south", "east"));
    packer.add(BETA, sealed("c", 54, 4L), block(0, 54, "west", "up"));

    assertThat(told(packer)).containsExactly("[a/0, b/0, c/0] 450 [east, south, north]");
  }

  @Test
  void a_row_group_over_two_blocks_wants_the_host_with_more_of_it_first() throws IOException {
    SplitPacker packer = new SplitPacker(100);

    packer.add(ALPHA, sealed("a", 204, 4L), block(0, 54, "north"), block(54, 150, "south"));

    assertThat(told(packer)).containsExactly("[a/0] 200 [south, north]");
  }

  @Test
  void a_split_on_a_local_disk_wants_no_host() throws IOException {
    SplitPacker packer = new SplitPacker(100);

    packer.add(ALPHA, sealed("a", 204, 4L));

    assertThat(told(packer)).containsExactly("[a/0] 200 []");
  }
}
