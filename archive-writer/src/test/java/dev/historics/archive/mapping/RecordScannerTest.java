package dev.historics.archive.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.historics.archive.RejectedRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner's idea of JSON against Jackson's and the JDK's idea of UTF-8. */
class RecordScannerTest {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> SEEDS =
      List.of(
          "{\"id\":1,\"a\":[true,false,null,-0.5e+10,{\"b\":\"x\\u00e9\\n\"}],\"é😀\":{}}",
          " {\"a\" : \"\\\\\\\"\\/\" , \"b\" : [ ] , \"c\" : 1e5}\r\n",
          "{\"deep\":[[[[{\"x\":[0]}]]]],\"y\":\"ÿ\u0800\uD7FF\uE000\uFFFF𐀀\"}");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_damaged_record_is_refused_exactly_when_it_is_no_json_object(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PathTree.Builder paths = new PathTree.Builder();
    paths.value("id");
    RecordScanner scanner = new RecordScanner(paths.build());
    int accepted = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] record = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
      for (int left = random.nextInt(3); left > 0; left--) {
        record = damaged(record, random);
      }
      boolean taken = taken(scanner, record);
      accepted += taken ? 1 : 0;
      assertThat(taken).as(() -> "taken").isEqualTo(isJsonObject(record));
    }

    assertThat(accepted).isBetween(6_000, 14_000);
  }

  private static byte[] damaged(byte[] record, SplittableRandom random) {
    byte[] damaged = record.clone();
    int at = random.nextInt(record.length);
    switch (random.nextInt(3)) {
      case 0 -> damaged[at] = (byte) random.nextInt(256);
      case 1 -> damaged[at] = (byte) "{}[]:,\"\\ \n0e-.tu".charAt(random.nextInt(16));
      default -> {
        int length = random.nextInt(record.length - at);
        System.arraycopy(record, at, damaged, record.length - length, length);
      }
    }
    return damaged;
  }

  private static boolean taken(RecordScanner scanner, byte[] record) {
    try {
      scanner.scan(record);
      return true;
    } catch (RejectedRecordException e) {
      // Duplicates are looked for where it matters, not everywhere: they are compared elsewhere.
      return e.getMessage().startsWith("expected each key once");
    }
  }

  private static boolean isJsonObject(byte[] record) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
      return STRICT.readTree(text).isObject();
    } catch (CharacterCodingException e) {
      return false;
    } catch (JsonProcessingException e) {
      return e.getOriginalMessage().startsWith("Duplicate field");
    }
  }
}
