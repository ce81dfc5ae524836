package dev.historics.filter;

import dev.historics.filter.ReferenceInterpreter.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Made-up interactions: texts that could be real, mixed with everything that is hard about text.
 */
final class RandomRecords {
  static final TargetDictionary DICTIONARY =
      TargetDictionary.standard()
          .with(
              List.of(
                  new Target("t.words", ValueType.TEXT, true, ""),
                  new Target("t.url", ValueType.TEXT, true, ""),
                  new Target("t.name", ValueType.TEXT, false, ""),
                  new Target("t.count", ValueType.INT, true, ""),
                  new Target("t.flag", ValueType.INT, false, ""),
                  new Target("t.ratio", ValueType.FLOAT, true, ""),
                  new Target("t.place", ValueType.GEO, true, ""),
                  new Target("t.group.a", ValueType.TEXT, false, ""),
                  new Target("t.group.b", ValueType.INT, false, "")));

  private static final List<String> NAMES =
      List.of(
          "interaction.content",
          "interaction.title",
          "t.words",
          "t.url",
          "t.name",
          "t.count",
          "t.flag",
          "t.ratio",
          "t.place",
          "t.group.a",
          "t.group.b");

  /** By their place: the first are by far the most frequent. */
  private static final String[] WORDS =
      ("the to a and of in is for you on I it this that with at my be have not ferry coffee harbour"
              + " from solar power new york news rain Rain RAIN tram bus price ticket buy apple Apple"
              + " kiosk Kick big data F-150 web 2.0 I'm don't don’t Wendy's air-conditioning 50% $AAPL"
              + " #apple #renewables @name cookie_crisp state-of-the-art café CAFÉ naïve straße"
              + " STRASSE größe ΟΔΟΣ οδος ΣΊΣΥΦΟΣ привет ПРИВЕТ мир İstanbul istanbul ISTANBUL ısı"
              + " 微博 天气 天気 残酷 酷 ラーメン らーめん ﾗｰﾒﾝ カ゚ ト゚カ゚ 葛\uDB40\uDD00城 葛城 日本語テキスト 한국어 שלום عالم 😂 help😂 👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️"
              + " ... … — – “quoted” 「引用」 C:\\temp a*b what? 3.5 3x5 12:30 1,000 \"yes\" (x) [y] {z} =="
              + " ≠ ½ ﬁne ẞ ς K Å x² e=mc² 𝕳𝖊𝖑𝖑𝖔 𐐷𐐨 ǰ ﷽ Ω")
          .split(" ");

  /** Characters that break what is careless, alone and next to words. */
  private static final List<String> HOSTILE =
      List.of(
          "\u212A",
          "\u0130",
          "\u037E",
          "\u1FEF",
          "\u212B",
          "A\u030A",
          "=\u0338",
          "<\u0338",
          "\u0338",
          "q\u0303",
          "i\u0307",
          "J\u030C",
          "j\u030C",
          "e\u0323\u0301",
          "\u1E9B\u0323",
          "\u0345",
          "\u0391\u0345",
          "\uD834\uDD5E",
          "\u0000",
          "\u000B",
          "\u0085",
          "\u009F",
          "\u00A0",
          "\u2003",
          "\u2028",
          "\u3000",
          "\u200D",
          "\u200B",
          "\u202E",
          "\uFEFF",
          "\uFFFD",
          "\uFE0F",
          "\uD800",
          "\uDC00",
          "\uDBFF\uD83D",
          "\u30AB\u3099",
          "\u3099",
          "\u302A",
          "\u309D",
          "\u3005",
          "\uFF76\uFF9E",
          "\uD840\uDC00",
          "\u1112\u1161\u11AB",
          "\u0E01\u0E33",
          "\u0600",
          "\u2035\u2036",
          "\u2308\u230B",
          "$",
          "`",
          "^",
          "~",
          "\\",
          "\"",
          "'",
          "*",
          "?",
          ",",
          ":",
          "_",
          "-",
          "ß",
          "ẞ",
          "ſ",
          "ı",
          "İ",
          "ŉ",
          "ǆ",
          "ǅ",
          "ΐ",
          "Σ",
          "σ",
          "ς",
          "k",
          "K",
          "i",
          "I",
          "s",
          "S");

  private static final List<String> GLUE =
      List.of(" ", " ", " ", " ", " ", " ", "", "  ", "\n", "\t", "\f", "\r\n", ", ", ". ", "-");

  private static final List<String> URLS =
      List.of(
          "http://example.com/",
          "https://www.example.com/a?utm_source=x&utm_medium=y",
          "example.com/a#top",
          "HTTP://Example.COM/A/index.html",
          "example.com/a?b=1&utm_campaign=z&c=2",
          "https://example.com/default.aspx",
          "http://datasift.com/blog",
          "datasift.com",
          "www.www.example.com//",
          "http://example.com/index.php/",
          "http://example.com/?utm_x",
          "http://example.com/?#",
          "//example.com/x?y?z&&",
          "ftp://example.org/übung/Index.HTM",
          "http://",
          "www.",
          "not a url at all",
          " http://example.com/a ",
          "https://пример.рф/путь",
          "http://example.com/a?UTM_Source=1&a=%20");

  private static final List<Long> COUNTS =
      List.of(
          0L,
          1L,
          2L,
          5L,
          -1L,
          42L,
          100L,
          1000L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1,
          9007199254740993L,
          9007199254740992L);

  private static final List<Double> RATIOS =
      List.of(
          0.0,
          -0.0,
          0.1,
          0.30000000000000004,
          1.5,
          9.9,
          -5.25,
          1e300,
          -1e300,
          9007199254740992.0,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  private final SplittableRandom random;

  private RandomRecords(SplittableRandom random) {
    this.random = random;
  }

  static Records of(long seed, int count) {
    RandomRecords records = new RandomRecords(new SplittableRandom(seed));
    List<Map<String, List<Object>>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(records.next());
    }
    List<Target> targets = NAMES.stream().map(name -> DICTIONARY.find(name).orElseThrow()).toList();
    return new Records("made up from seed " + seed, DICTIONARY, targets, rows);
  }

  private Map<String, List<Object>> next() {
    Map<String, List<Object>> values = new HashMap<>();
    values.put("interaction.content", some(0.95, 1, () -> text(14)));
    values.put("interaction.title", some(0.5, 1, () -> text(5)));
    values.put("t.words", some(0.6, 4, () -> text(2)));
    values.put("t.url", some(0.5, 3, () -> Seeds.oneOf(random, URLS)));
    values.put("t.name", some(0.7, 1, this::word));
    values.put("t.count", some(0.7, 3, this::count));
    values.put("t.flag", some(0.5, 1, random::nextBoolean));
    values.put("t.ratio", some(0.7, 2, this::ratio));
    values.put("t.place", some(0.6, 2, this::place));
    values.put("t.group.a", some(0.3, 1, () -> random.nextInt(3) == 0 ? "" : word()));
    values.put("t.group.b", some(0.2, 1, this::count));
    return values;
  }

  private List<Object> some(double share, int max, Supplier<Object> value) {
    List<Object> values = new ArrayList<>();
    if (random.nextDouble() < share) {
      for (int count = 1 + random.nextInt(max); count > 0; count--) {
        values.add(value.get());
      }
    }
    return values;
  }

  private Object count() {
    return random.nextInt(3) == 0
        ? (Object) (long) random.nextInt(200)
        : Seeds.oneOf(random, COUNTS);
  }

  private Object ratio() {
    return random.nextInt(3) == 0 ? random.nextInt(2000) / 100.0 : Seeds.oneOf(random, RATIOS);
  }

  /** Often on a grid of eighths of a degree, where corners and edges are hit exactly. */
  private Object place() {
    return switch (random.nextInt(8)) {
      case 0 -> new Place(random.nextInt(3) * 90 - 90, random.nextInt(5) * 90 - 180);
      case 1 -> new Place(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
      case 2 -> new Place(51.4553, -0.9689);
      default -> new Place(50 + random.nextInt(17) / 8.0, -1 + random.nextInt(17) / 8.0);
    };
  }

  /** One word; the first of the list are drawn most often. */
  private String word() {
    double skewed = Math.pow(random.nextDouble(), 2.2);
    String word = WORDS[(int) (skewed * WORDS.length)];
    return switch (random.nextInt(26)) {
      case 0 -> word.toUpperCase(Locale.ROOT);
      case 1 -> word.toLowerCase(Locale.ROOT);
      case 2 -> Normalizer.normalize(word, Normalizer.Form.NFD);
      case 3 -> word + Seeds.oneOf(random, HOSTILE);
      case 4 -> Seeds.oneOf(random, HOSTILE) + word;
      case 5 -> Seeds.oneOf(random, HOSTILE);
      case 6, 7 -> RandomTerms.alike(word);
      default -> word;
    };
  }

  private String text(int max) {
    int kind = random.nextInt(200);
    if (kind == 0) {
      return "";
    }
    if (kind == 1) {
      return word().repeat(1 + random.nextInt(600));
    }
    StringBuilder text = new StringBuilder(random.nextInt(12) == 0 ? " " : "");
    text.append(word());
    for (int more = random.nextInt(max); more > 0; more--) {
      text.append(Seeds.oneOf(random, GLUE)).append(word());
    }
    return text.append(random.nextInt(12) == 0 ? "\n" : "").toString();
  }
}
