package dev.historics.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.historics.archive.Archive;
import dev.historics.archive.files.MemoryFiles;
import dev.historics.archive.testing.Archives;
import dev.historics.archive.testing.Records;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Little input that unpacks to much: one record is too large, and what follows is archived. */
class InputBombsTest {
  private static final int BLOCKS = 256;
  private static final byte[] BLOCK = new byte[1 << 20];

  private enum Packing {
    GZIP {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new GZIPOutputStream(out);
      }
    },
    ZSTD {
      @Override
      OutputStream over(OutputStream out) throws IOException {
        return new ZstdOutputStream(out);
      }
    };

    abstract OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] bomb(Packing packing) throws IOException {
    Arrays.fill(BLOCK, (byte) 'a');
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing.over(packed)) {
      for (int i = 0; i < BLOCKS; i++) {
        out.write(BLOCK);
      }
      out.write('\n');
      out.write(Records.some("a", 1, 1, 1).get(0).getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void a_record_of_256_mb_in_a_few_kilobytes_is_put_aside(Packing packing) throws IOException {
    byte[] bomb = bomb(packing);
    assertThat(bomb.length).isLessThan(1 << 20);
    Archive archive = Archives.over(new MemoryFiles(Archives.CLOCK));

    ImportReport report =
        Archives.load(
            archive,
            "b1",
            ImportSettings.STANDARD,
            ImportInput.stream("bomb", new ByteArrayInputStream(bomb)));

    assertThat(report.read()).isEqualTo(2);
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.quarantined()).isEqualTo(1);
    QuarantineShelf shelf = new QuarantineShelf(archive);
    QuarantineShelf.Lot lot = shelf.lots().get(0);
    assertThat(lot.bytes()).isLessThan(4096);
    assertThat(shelf.summary(lot).reasons().get(0).text()).startsWith("too large");
  }
}
