package dev.historics.filter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.historics.filter.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass over the bytes of a text finds literals, or the whole text, in an index. */
class LiteralScanTest {
  private static final List<String> ALPHABET =
      List.of("a", "b", "k", "K", "i", "\u212A", "\u0130", ";", "\u037E", "é", "\u0301", " ", "e");

  static LongStream seeds() {
    return Seeds.first(40);
  }

  private static Set<String> found(List<String> entries, TextScan scan, byte[] utf8) {
    byte[] framed = new byte[utf8.length + 4];
    System.arraycopy(utf8, 0, framed, 2, utf8.length);
    int count = scan.scan(framed, 2, utf8.length);
    return IntStream.range(0, count)
        .mapToObj(i -> entries.get(scan.found()[i]))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_literal_of_a_text_is_missed_and_few_others_are_found(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      Folding folding = Seeds.oneOf(random, List.of(Folding.values()));
      List<String> literals =
          IntStream.range(0, 40)
              .mapToObj(i -> ByteFilter.longestAscii(folding.fold(text(random, 6))))
              .filter(literal -> literal.length() >= LiteralIndex.LENGTH_MIN)
              .distinct()
              .toList();
      TextScan scan = new LiteralIndex(literals, folding).scan();
      for (int i = 0; i < 20; i++) {
        byte[] utf8 = text(random, 30).getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0 && random.nextInt(4) == 0) {
          utf8[random.nextInt(utf8.length)] = (byte) random.nextInt(256);
        }
        String folded = folding.fold(utf8, 0, utf8.length);

        Set<String> found = found(literals, scan, utf8);

        assertThat(found)
            .as(folded)
            .containsAll(literals.stream().filter(folded::contains).toList())
            .allMatch(
                literal -> LiteralSearch.anywhere(literal, folding).mayHold(utf8, 0, utf8.length));
      }
    }
  }

  private static String text(SplittableRandom random, int charactersMax) {
    return IntStream.range(0, random.nextInt(charactersMax + 1))
        .mapToObj(i -> Seeds.oneOf(random, ALPHABET))
        .collect(Collectors.joining());
  }

  @Test
  void literals_are_of_ascii_and_not_too_short() {
    assertThatThrownBy(() -> new LiteralIndex(List.of("ab"), Folding.CASED))
        .hasMessage("expected at least 3 characters of ASCII, got 'ab'");
    assertThatThrownBy(() -> new LiteralIndex(List.of("abé"), Folding.CASED))
        .hasMessage("expected at least 3 characters of ASCII, got 'abé'");
  }

  @Test
  void a_whole_text_is_found_folded_and_trimmed() {
    List<String> entries = List.of("hello world, at last", "café", "a");
    WordIndex index = new WordIndex(entries, Cutting.standard(Folding.CASELESS));
    TextScan exact = index.scanWhole(false);
    TextScan trimmed = index.scanWhole(true);

    for (String text : List.of("Hello World, at LAST", "CAFE\u0301", "A")) {
      String blanks = "\t" + text + " \n";
      assertThat(found(entries, exact, bytes(text))).hasSize(1);
      assertThat(found(entries, trimmed, bytes(blanks))).hasSize(1);
      assertThat(found(entries, exact, bytes(blanks))).isEmpty();
    }
    for (String text : List.of("hello", "café!", " ", "hello world, at last and more")) {
      assertThat(found(entries, trimmed, bytes(text))).as(text).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
