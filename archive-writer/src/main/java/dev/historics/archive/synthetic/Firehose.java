package dev.historics.archive.synthetic;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A made-up stream of interactions in DataSift's shape, one JSON object a line, in the order of
 * time. Never changes; shared by threads.
 *
 * <p>The same source, rate and seed give the same lines for a day, on every machine and whatever
 * other days are asked for. Each id is there once. Retweets (a quarter of all) are as DataSift has
 * them: {@code retweet} and {@code retweeted} below the source, and neither {@code text} nor {@code
 * user}.
 */
public final class Firehose {
  /** The most interactions a second. */
  public static final double PER_SECOND_MAX = 40_000;

  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);
  private static final LocalDate END = LocalDate.of(2080, 1, 1);

  private final String source;
  private final LocalDate from;
  private final int days;
  private final double perSecond;
  private final long seed;
  private final World world;

  /**
   * @param source the {@code interaction.type}, such as {@code twitter}
   * @param from the first UTC day, in the years 2011 to 2079
   * @param days how many days, at least one
   * @param perSecond interactions a second on the average of a day, above 0 and at most {@value
   *     #PER_SECOND_MAX}; may be a fraction
   * @throws IllegalArgumentException if any of these is out of bounds
   */
  public Firehose(String source, LocalDate from, int days, double perSecond, long seed) {
    if (!source.matches("[a-z0-9][a-z0-9_]{0,31}") || source.equals("interaction")) {
      throw new IllegalArgumentException(
          "expected a source such as 'twitter': at most 32 of a-z, 0-9 and _, got '%s'"
              .formatted(source));
    }
    if (days < 1 || from.isBefore(FIRST) || from.toEpochDay() + days > END.toEpochDay()) {
      throw new IllegalArgumentException(
          "expected one day or more between %s and %s, got %d from %s"
              .formatted(FIRST, END.minusDays(1), days, from));
    }
    if (!(perSecond > 0 && perSecond <= PER_SECOND_MAX)) {
      throw new IllegalArgumentException(
          "expected a rate above 0 and at most %.0f interactions a second, got %s"
              .formatted(PER_SECOND_MAX, perSecond));
    }
    this.source = source;
    this.from = from;
    this.days = days;
    this.perSecond = perSecond;
    this.seed = seed;
    this.world = new World(seed);
  }

  /** The days of the stream, in order. */
  public List<LocalDate> days() {
    return from.datesUntil(from.plusDays(days)).toList();
  }

  /** How many lines all days have together. */
  public long lines() {
    return days().stream().mapToLong(this::lines).sum();
  }

  /** How many lines {@code day} has. */
  public long lines(LocalDate day) {
    double perDay = perSecond * 86_400;
    long before = (long) Math.floor(day.toEpochDay() * perDay);
    return (long) Math.floor((day.toEpochDay() + 1) * perDay) - before;
  }

  /**
   * Writes all days.
   *
   * @param out not closed
   * @throws IOException if {@code out} fails
   */
  public void write(OutputStream out) throws IOException {
    for (LocalDate day : days()) {
      writeDay(day, out);
    }
  }

  /**
   * Writes one day.
   *
   * @param out not closed
   * @throws IOException if {@code out} fails
   */
  public void writeDay(LocalDate day, OutputStream out) throws IOException {
    Dice dice = Dice.of(seed, day.toEpochDay());
    new Day(source, world, day, seed, dice).write(lines(day), out);
    out.flush();
  }

  /** The fields of the stream that deserve a column. */
  public List<TargetColumn> targets() {
    Map<String, Kind> kinds = new TreeMap<>();
    for (String text :
        List.of(
            "content",
            "link",
            "source",
            "author.username",
            "author.name",
            "author.link",
            "author.language",
            "hashtags",
            "mentions")) {
      kinds.put("interaction." + text, Kind.TEXT);
    }
    kinds.put("interaction.author.id", Kind.INT);
    kinds.put("interaction.mention_ids", Kind.INT);
    kinds.put("interaction.geo", Kind.GEO);
    kinds.put("language.tag", Kind.TEXT);
    kinds.put("language.confidence", Kind.INT);
    kinds.put("links.url", Kind.TEXT);
    kinds.put("links.domain", Kind.TEXT);
    for (String text :
        List.of(
            "id",
            "text",
            "lang",
            "hashtags",
            "mentions",
            "links",
            "domains",
            "retweet.id",
            "retweet.text",
            "retweeted.id")) {
      kinds.put(source + "." + text, Kind.TEXT);
    }
    kinds.put(source + ".mention_ids", Kind.INT);
    kinds.put(source + ".geo", Kind.GEO);
    kinds.put(source + ".retweet.count", Kind.INT);
    for (String user : List.of("user", "retweet.user", "retweeted.user")) {
      for (String text : List.of("id_str", "screen_name", "name", "lang")) {
        kinds.put(source + "." + user + "." + text, Kind.TEXT);
      }
      for (String number :
          List.of(
              "id",
              "followers_count",
              "friends_count",
              "statuses_count",
              "listed_count",
              "verified")) {
        kinds.put(source + "." + user + "." + number, Kind.INT);
      }
    }
    List<TargetColumn> targets = new ArrayList<>();
    kinds.forEach((target, kind) -> targets.add(new TargetColumn(target, kind)));
    return targets;
  }
}
