package dev.historics.archive.synthetic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who is there, and what there is to talk about. Never changes; shared by threads. */
final class World {
  static final int AUTHORS = 20_000;
  static final int TAGS = 2_000;
  static final int DOMAINS = 500;

  private static final int[][] CITIES = {
    {51_507_000, -128_000}, {40_713_000, -74_006_000}, {35_690_000, 139_692_000},
    {-23_551_000, -46_633_000}, {55_756_000, 37_617_000}, {19_433_000, -99_133_000},
    {48_857_000, 2_352_000}, {52_520_000, 13_405_000}, {41_008_000, 28_978_000},
    {30_044_000, 31_236_000}, {-6_208_000, 106_846_000}, {34_052_000, -118_244_000},
    {37_566_000, 126_978_000}, {-33_869_000, 151_209_000}, {28_614_000, 77_209_000},
    {-34_603_000, -58_382_000}, {-17_713_000, 178_065_000}
  };
  private static final List<String> APPS =
      List.of("Phone App", "Web Client", "Tablet App", "Desk Client", "Auto Poster");
  private static final List<String> FIRST_NAMES =
      List.of(
          "Alma", "Bruno", "Clara", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
          "Kira", "Luca", "Maya", "Nuria", "Olga", "Pavel", "Quinn", "Rosa", "Sami", "Tom", "Uma",
          "Vera", "Wim", "Xenia", "Yuki", "Zoë", "Иван", "Анна", "さくら", "محمد");
  private static final List<String> NAME_PIECES =
      List.of(
          "ana", "bo", "cat", "dex", "elm", "fox", "gus", "hop", "ivy", "jet", "kit", "leo", "max",
          "neo", "owl", "pip", "ray", "sky", "tor", "zed");
  private static final List<String> DOMAIN_PIECES =
      List.of(
          "daily", "city", "open", "north", "blue", "press", "video", "photo", "market", "sport",
          "green", "tech", "radio", "star", "post", "wire");

  private final List<Language> languages;
  private final List<Author> authors;
  private final List<String> tags;
  private final List<String> domains;

  private final Skew authorSkew = new Skew(AUTHORS, 0.8);
  private final Skew tagSkew = new Skew(TAGS, 1.0);
  private final Skew domainSkew = new Skew(DOMAINS, 1.1);
  private final Skew wordSkew;

  World(long seed) {
    languages = Language.all(Dice.of(seed, 1));
    wordSkew = new Skew(languages.get(0).size(), 1.0);
    tags = distinct(TAGS, Dice.of(seed, 2), World::tag);
    domains = distinct(DOMAINS, Dice.of(seed, 3), World::domain);
    authors = authors(Dice.of(seed, 4));
  }

  Author author(Dice dice) {
    return authors.get(authorSkew.draw(dice));
  }

  String tag(Dice dice, boolean evenly) {
    return tags.get(evenly ? dice.below(TAGS) : tagSkew.draw(dice));
  }

  String domainOf(Dice dice) {
    return domains.get(domainSkew.draw(dice));
  }

  int wordRank(Dice dice) {
    return wordSkew.draw(dice);
  }

  private interface Invention {
    String by(Dice dice);
  }

  private static List<String> distinct(int count, Dice dice, Invention invention) {
    Set<String> found = new LinkedHashSet<>();
    while (found.size() < count) {
      found.add(invention.by(dice));
    }
    return List.copyOf(found);
  }

  private static String tag(Dice dice) {
    String word = pick(NAME_PIECES, dice) + pick(DOMAIN_PIECES, dice);
    return dice.chance(300) ? word + dice.below(100) : word + pick(NAME_PIECES, dice);
  }

  private static String domain(Dice dice) {
    String ending = pick(List.of("com", "org", "net", "news"), dice);
    return String.format(
        Locale.ROOT,
        "%s%s%d.%s.example",
        pick(DOMAIN_PIECES, dice),
        pick(NAME_PIECES, dice),
        dice.below(10),
        ending);
  }

  private static String pick(List<String> from, Dice dice) {
    return from.get(dice.below(from.size()));
  }

  private List<Author> authors(Dice dice) {
    List<String> usernames =
        distinct(
            AUTHORS, dice, d -> pick(NAME_PIECES, d) + "_" + pick(NAME_PIECES, d) + d.below(1000));
    List<Author> made = new ArrayList<>();
    for (int i = 0; i < AUTHORS; i++) {
      made.add(author(1_000_000L + i * 97L, usernames.get(i), dice));
    }
    return made;
  }

  private Author author(long id, String username, Dice dice) {
    Language language = language(dice);
    String name = pick(FIRST_NAMES, dice) + " " + (char) ('A' + dice.below(26)) + ".";
    int[] city = CITIES[dice.below(CITIES.length)];
    Fragment called = Fragment.of(name);
    String tag = language.tag();
    Line asAuthor = new Line();
    asAuthor.add("\"id\":").add(id).add(",\"username\":\"").add(username);
    asAuthor.add("\",\"name\":\"").add(called);
    asAuthor.add("\",\"link\":\"http://social.example/").add(username);
    asAuthor.add("\",\"language\":\"").add(tag).add('"');
    Line asUser = new Line();
    asUser.add("\"id\":").add(id).add(",\"id_str\":\"").add(id);
    asUser.add("\",\"screen_name\":\"").add(username).add("\",\"name\":\"").add(called);
    asUser.add("\",\"lang\":\"").add(tag);
    asUser.add("\",\"followers_count\":").add(heavyTail(30, dice));
    asUser.add(",\"friends_count\":").add(heavyTail(60, dice));
    asUser.add(",\"statuses_count\":").add(heavyTail(400, dice));
    asUser.add(",\"listed_count\":").add(heavyTail(1, dice));
    asUser.add(",\"verified\":").add(dice.chance(10) ? "true" : "false");
    return new Author(
        id,
        username,
        language,
        pick(APPS, dice),
        asAuthor.copy(),
        asUser.copy(),
        city[0] + dice.below(200_000) - 100_000,
        city[1] + dice.below(200_000) - 100_000,
        dice.chance(80));
  }

  private Language language(Dice dice) {
    int point = dice.below(100);
    for (Language language : languages) {
      point -= language.perCent();
      if (point < 0) {
        return language;
      }
    }
    return languages.get(0);
  }

  /** Mostly near {@code least}, now and then a thousand times as much (Pareto). */
  private static long heavyTail(int least, Dice dice) {
    double size = least * StrictMath.pow(1 - dice.fraction(), -1 / 1.1);
    return (long) Math.min(size, 80_000_000);
  }
}
