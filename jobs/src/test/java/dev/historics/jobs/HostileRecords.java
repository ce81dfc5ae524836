package dev.historics.jobs;

import dev.historics.archive.mapping.InvalidMappingException;
import dev.historics.archive.mapping.SourceMapping;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Records in which every field may be missing, of an odd type, an array, or in upper case, for two
 * sources: {@code alpha} has a mapping, which asks for content without links and mentions, {@code
 * beta} has DataSift's shape. They do not agree on the type of {@code interaction.author.id} and
 * {@code interaction.rank}.
 */
final class HostileRecords {
  static final List<String> WORDS =
      List.of(
          "rain",
          "Rain",
          "RAIN!",
          "new york",
          "New",
          "york",
          "café",
          "cafe\u0301",
          "Σίσυφος",
          "ς",
          "😂",
          "天気",
          "#tag",
          "@me",
          "@rain",
          "http://rain.new/york",
          "I'm",
          "a,b",
          "back\\slash",
          "quo\"te",
          "x",
          "\u212A",
          "tab\there",
          "42",
          "4.5",
          "");

  static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "5",
          "42",
          "161.000",
          "4.5",
          "-0.0",
          "1e3",
          "1E-320",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "9007199254740993",
          "1e400",
          "100000000000000000000.0");

  private static final List<String> TYPES =
      List.of("\"twitter\"", "\"twitter\"", "\"beta\"", "[\"beta\",\"twitter\"]", "7");

  private static final long DAY_MILLIS = 86_400_000;

  private final SplittableRandom random;

  HostileRecords(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static SourceMapping alpha() {
    return mapping(
        """
        source: alpha
        id: {path: key}
        created_at: {path: at, format: unix_millis}
        interaction:
          content: {path: text}
          author.id: {path: user.id}
          author.username: {path: user.name}
          hashtags: {path: tags}
          rank: {path: rank}
        strip: true
        targets:
          interaction.author.id: int
          interaction.rank: int
          alpha.n: array(int)
          alpha.ratio: array(float)
          alpha.place: geo
          alpha.words: array(text)
          alpha.user.name: text
        """);
  }

  static SourceMapping beta() {
    return mapping(
        """
        source: beta
        shape: datasift
        targets:
          interaction.content: text
          interaction.author.id: text
          interaction.author.username: text
          interaction.hashtags: array(text)
          interaction.rank: text
          interaction.geo: geo
          beta.n: float
          beta.words: array(text)
        """);
  }

  private static SourceMapping mapping(String yaml) {
    try {
      return SourceMapping.parse("test", yaml);
    } catch (InvalidMappingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Records of source {@code alpha}, with the keys that lie under {@code prefix}. */
  List<String> alpha(String prefix, int count, LocalDate day) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> members = new ArrayList<>();
      members.add("\"key\":\"%s%d\"".formatted(prefix, i));
      members.add("\"at\":" + millis(day));
      maybe(members, "text", this::text);
      maybe(members, "user", this::user);
      maybe(members, "tags", this::odd);
      maybe(members, "rank", this::odd);
      maybe(members, "n", this::odd);
      maybe(members, "ratio", this::odd);
      maybe(members, "place", this::place);
      maybe(members, "words", this::odd);
      maybe(members, "undeclared", this::odd);
      maybe(members, "rare", this::odd);
      records.add("{" + String.join(",", members) + "}");
    }
    return records;
  }

  /** Records of source {@code beta}. */
  List<String> beta(String prefix, int count, LocalDate day) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> members = new ArrayList<>();
      members.add("\"interaction\":" + interaction(prefix + i, day));
      members.add("\"beta\":" + original());
      if (random.nextInt(4) == 0) {
        members.add("\"language\":{\"tag\":" + odd() + "}");
      }
      records.add("{" + String.join(",", members) + "}");
    }
    return records;
  }

  private String interaction(String id, LocalDate day) {
    List<String> members = new ArrayList<>();
    members.add("\"id\":\"%s\"".formatted(id));
    if (random.nextInt(20) == 0) {
      members.add("\"ID\":\"other\"");
    }
    String at = java.time.Instant.ofEpochMilli(millis(day)).toString();
    members.add("\"created_at\":\"%s\"".formatted(at));
    maybe(members, "content", this::text);
    maybe(members, "raw_content", this::odd);
    maybe(members, "type", () -> pick(TYPES));
    maybe(members, "author", this::user);
    maybe(members, "hashtags", this::odd);
    maybe(members, "rank", this::odd);
    maybe(members, "geo", this::place);
    maybe(members, "sample", this::odd);
    return "{" + String.join(",", members) + "}";
  }

  private String original() {
    List<String> members = new ArrayList<>();
    maybe(members, "n", this::odd);
    maybe(members, "words", this::odd);
    maybe(members, "undeclared", this::odd);
    return random.nextInt(10) == 0 ? odd() : "{" + String.join(",", members) + "}";
  }

  private long millis(LocalDate day) {
    long start = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    return switch (random.nextInt(20)) {
      case 0 -> start;
      case 1 -> start + DAY_MILLIS - 1;
      case 2 -> start + DAY_MILLIS / 2;
      default -> start + random.nextLong(DAY_MILLIS);
    };
  }

  private void maybe(List<String> members, String key, Supplier<String> value) {
    if (random.nextInt(3) > 0) {
      String spelled = random.nextInt(15) == 0 ? key.toUpperCase(java.util.Locale.ROOT) : key;
      members.add("\"%s\":%s".formatted(spelled, value.get()));
    }
  }

  private String user() {
    List<String> members = new ArrayList<>();
    maybe(members, "id", this::odd);
    maybe(members, "name", this::text);
    maybe(members, "username", this::text);
    return random.nextInt(10) == 0 ? odd() : "{" + String.join(",", members) + "}";
  }

  private String place() {
    return switch (random.nextInt(6)) {
      case 0 -> odd();
      case 1 -> "{\"latitude\":91,\"longitude\":0}";
      case 2 -> "[{\"latitude\":1,\"longitude\":\"2\"},{\"latitude\":true,\"longitude\":2}]";
      default -> "{\"latitude\":%d.5,\"longitude\":%d}".formatted(random.nextInt(90), -3);
    };
  }

  private String odd() {
    return switch (random.nextInt(11)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> "{\"inside\":1}";
      case 4 -> "[]";
      case 5 -> "[" + odd() + "," + odd() + "]";
      case 6 -> quoted(pick(NUMBERS));
      case 7, 8 -> text();
      default -> pick(NUMBERS).replace("+", "");
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder(pick(WORDS));
    for (int more = random.nextInt(5); more > 0; more--) {
      text.append(random.nextBoolean() ? " " : "").append(pick(WORDS));
    }
    return quoted(text.toString());
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
