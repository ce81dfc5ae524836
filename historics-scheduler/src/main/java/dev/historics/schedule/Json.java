package dev.historics.schedule;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes the few JSON shapes that the log of events needs. */
final class Json {
  private Json() {}

  /** An object of text members: name, value, name, value… */
  static String object(String... members) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < members.length; i += 2) {
      json.append(i == 0 ? "" : ",").append(text(members[i])).append(':');
      json.append(text(members[i + 1]));
    }
    return json.append('}').toString();
  }

  static String list(Collection<String> values) {
    return values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
