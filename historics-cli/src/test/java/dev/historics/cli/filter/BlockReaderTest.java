package dev.historics.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockReaderTest {
  /** Gives as many bytes at a time as it likes. */
  private static final class Moody extends InputStream {
    private final InputStream in;
    private final SplittableRandom random;

    Moody(byte[] bytes, SplittableRandom random) {
      this.in = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, 1 + random.nextInt(Math.min(length, 300_000)));
    }
  }

  private static byte[] lines(SplittableRandom random) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (lines.size() < 3 * BlockReader.BLOCK_BYTES) {
      int length = random.nextInt(20) == 0 ? random.nextInt(2_500_000) : random.nextInt(50_000);
      lines.writeBytes("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
      if (random.nextInt(200) > 0) {
        lines.write('\n');
      }
    }
    return lines.toByteArray();
  }

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void blocks_are_whole_lines_and_together_the_input(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] input = lines(random);
    boolean hasty = random.nextBoolean();
    BlockReader reader =
        new BlockReader("in", new Moody(input, random), () -> !hasty || random.nextInt(3) > 0);
    ByteArrayOutputStream read = new ByteArrayOutputStream();

    for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      Block block = next.get();
      read.write(block.bytes(), 0, block.length());
      assertThat(block.length()).isPositive();
      assertThat(block.bytes()[block.length() - 1] == '\n' || read.size() == input.length).isTrue();
      if (random.nextBoolean()) {
        reader.reuse(block);
      }
    }

    assertThat(read.toByteArray()).isEqualTo(input);
  }

  @Test
  void lines_that_are_there_are_not_held_back_for_lines_to_come() throws IOException {
    BlockReader reader =
        new BlockReader(
            "in", new SequenceInputStream(text("one\ntwo\nhal"), text("f\n")), () -> false);

    assertThat(reader.next().orElseThrow().length()).isEqualTo("one\ntwo\n".length());
    assertThat(reader.next().orElseThrow().length()).isEqualTo("half\n".length());
    assertThat(reader.next()).isEmpty();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void of_an_input_that_breaks_the_whole_lines_before_are_left() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    BlockReader reader =
        new BlockReader("in", new SequenceInputStream(text("one\ntwo\nhal"), broken), () -> true);

    assertThatThrownBy(reader::next).hasMessage("the disk is gone");
    assertThat(reader.rest().orElseThrow().length()).isEqualTo("one\ntwo\n".length());
    assertThat(reader.isBroken()).isTrue();
  }
}
