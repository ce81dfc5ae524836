package dev.historics.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A record as it lies in a file, counted in the plainest way: what the archive and the engine say
 * is compared with this. Shares no code with either.
 */
record Original(String id, Instant created, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINK_OR_MENTION =
      Pattern.compile(
          "(?i)https?://\\S+|(?<!\\w)(?:www\\.|t\\.co/|bit\\.ly/|ow\\.ly/|goo\\.gl/)\\S+"
              + "|(?<!\\w)@\\w{1,15}");
  private static final String PUNCTUATION = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‵‶〝″〞〟〃「」『』⌈⌋";

  /** The records of a file, gzipped or not; of those with the same id and day only the first. */
  static List<Original> read(
      Path file, Function<JsonNode, String> id, Function<JsonNode, Instant> created)
      throws IOException {
    List<Original> records = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (InputStream bytes = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                    StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        Original record = new Original(id.apply(json), created.apply(json), json);
        if (seen.add(record.created.toString().substring(0, 10) + record.id)) {
          records.add(record);
        }
      }
    }
    return records;
  }

  boolean within(String from, String to) {
    return !created.isBefore(Instant.parse(from)) && created.isBefore(Instant.parse(to));
  }

  String text(String pointer) {
    return json.at(pointer).asText("");
  }

  /** A text as rules see it: without links and mentions, if the record is a tweet of DataSift's. */
  String seen(String pointer) {
    return text("/interaction/type").equals("twitter")
        ? LINK_OR_MENTION.matcher(text(pointer)).replaceAll(" ")
        : text(pointer);
  }

  /** Whether {@code word}, in lower case, is one of the words that rules see in a text. */
  boolean hasWord(String pointer, String word) {
    return words(seen(pointer)).contains(word);
  }

  /** Runs of what is neither blank nor punctuation. */
  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    StringBuilder word = new StringBuilder();
    String folded = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT) + " ";
    folded
        .codePoints()
        .forEach(
            c -> {
              boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
              if (!blank && PUNCTUATION.indexOf(c) < 0) {
                word.appendCodePoint(c);
              } else {
                words.add(word.toString());
                word.setLength(0);
              }
            });
    return words;
  }
}
