package dev.historics.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.crunch.MapFn;

/** Leaves only some members of objects whose values are texts and numbers, as they are spelled. */
final class KeepMembersFn extends MapFn<String, String> {
  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> names;

  KeepMembersFn(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  @Override
  public String map(String object) {
    StringWriter out = new StringWriter();
    try (JsonParser in = JSON.createParser(object);
        JsonGenerator kept = JSON.createGenerator(out)) {
      in.nextToken();
      kept.writeStartObject();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (names.contains(name)) {
          kept.writeFieldName(name);
          if (value == JsonToken.VALUE_STRING) {
            kept.writeString(in.getText());
          } else {
            kept.writeNumber(in.getText());
          }
        }
      }
      kept.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
