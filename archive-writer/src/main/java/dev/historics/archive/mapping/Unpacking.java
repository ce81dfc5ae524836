package dev.historics.archive.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.historics.archive.RejectedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What stands around a record, to be taken off before it is read. Shared by threads. */
sealed interface Unpacking {
  /** The record alone. */
  byte[] unpack(byte[] packed) throws RejectedRecordException;

  /** Nothing does. */
  record None() implements Unpacking {
    @Override
    public byte[] unpack(byte[] packed) {
      return packed;
    }
  }

  /** The record is the text of a JSON string. */
  record JsonString() implements Unpacking {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] unpack(byte[] packed) throws RejectedRecordException {
      try (JsonParser parser = JSON.createParser(packed)) {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw rejected("something else", packed);
        }
        String text = parser.getText();
        if (parser.nextToken() != null) {
          throw rejected("more after it", packed);
        }
        return text.getBytes(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw rejected("something else", packed);
      }
    }

    private static RejectedRecordException rejected(String found, byte[] packed) {
      return new RejectedRecordException(
          "unpack: expected a record in a JSON string, found %s: %s"
              .formatted(found, Excerpt.of(packed, 0, packed.length)));
    }
  }

  /** The record stands in the last column of several with tabs between them. */
  record AfterTabs(int tabs) implements Unpacking {
    @Override
    public byte[] unpack(byte[] packed) throws RejectedRecordException {
      int found = 0;
      for (int i = 0; i < packed.length; i++) {
        if (packed[i] == '\t' && ++found == tabs) {
          return Arrays.copyOfRange(packed, i + 1, packed.length);
        }
      }
      throw new RejectedRecordException(
          "unpack: expected a record behind %d tabs, found %d tabs: %s"
              .formatted(tabs, found, Excerpt.of(packed, 0, packed.length)));
    }
  }
}
