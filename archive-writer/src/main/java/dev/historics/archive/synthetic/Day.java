package dev.historics.archive.synthetic;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;

/** The lines of one UTC day. Owned by one thread. */
final class Day {
  /** How busy each hour is; only their proportions count. */
  private static final int[] HOURS = {
    60, 48, 40, 36, 35, 38, 46, 58, 70, 80, 88, 94, 100, 104, 108, 112, 116, 120, 122, 118, 110,
    100, 86, 72
  };

  private static final List<String> WEEKDAYS =
      List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final int RECENT = 1024;
  private static final int FLUSH_BYTES = 1 << 16;
  private static final long NUMBERS_BEGIN_MILLIS = 1_288_834_974_657L;

  private final String source;
  private final World world;
  private final long seed;
  private final Dice dice;
  private final Pen pen;
  private final long epochDay;
  private final String dateText;
  private final Post[] recent = new Post[RECENT];
  private final Skew recency = new Skew(RECENT, 0.7);
  private final Line line = new Line();
  private long posts;

  Day(String source, World world, LocalDate day, long seed, Dice dice) {
    this.source = source;
    this.world = world;
    this.seed = seed;
    this.dice = dice;
    this.pen = new Pen(world, dice);
    this.epochDay = day.toEpochDay();
    this.dateText =
        "%s, %s %s %s "
            .formatted(
                WEEKDAYS.get(day.getDayOfWeek().getValue() - 1),
                (day.getDayOfMonth() < 10 ? "0" : "") + day.getDayOfMonth(),
                MONTHS.get(day.getMonthValue() - 1),
                day.getYear());
  }

  void write(long lines, OutputStream out) throws IOException {
    int all = 0;
    for (int weight : HOURS) {
      all += weight;
    }
    long index = 0;
    int sum = 0;
    for (int hour = 0; hour < HOURS.length; hour++) {
      sum += HOURS[hour];
      long first = index;
      long end = lines * sum / all;
      while (index < end) {
        double share = (index - first + dice.fraction()) / (end - first);
        add(index, hour * 3600 + (int) (share * 3600));
        index++;
        if (line.length() > FLUSH_BYTES) {
          line.writeTo(out);
          line.clear();
        }
      }
    }
    line.writeTo(out);
    line.clear();
  }

  private void add(long index, int second) {
    long number =
        (((epochDay * 86_400 + second) * 1000 - NUMBERS_BEGIN_MILLIS) << 22) + (index & 0x3FFFFF);
    boolean repeats = posts > 0 && dice.chance(270);
    Post post = repeats ? recent[(int) ((posts - 1 - back()) % RECENT)] : pen.post(number);
    Author author = repeats ? world.author(dice) : post.author();
    // Most repeat with a reference to whom; some just copy.
    boolean retweets = repeats && dice.chance(900);
    boolean placed = author.sharesPlace() && dice.chance(400);
    int latitude = author.latitude() + dice.below(20_000) - 10_000;
    int longitude = author.longitude() + dice.below(20_000) - 10_000;
    int confidence = 100 - Math.min(dice.below(60), dice.below(200));

    line.add("{\"interaction\":{\"id\":\"");
    line.addHex(Dice.mixed((epochDay << 33) + index)).addHex(Dice.mixed(seed + number));
    line.add("\",\"type\":\"").add(source).add("\",\"created_at\":\"");
    addTime(second);
    line.add("\",\"content\":\"").add(post.content());
    line.add("\",\"source\":\"").add(author.app());
    line.add("\",\"author\":{").add(author.asAuthor());
    line.add("},\"link\":\"http://social.example/").add(author.username()).add('/').add(number);
    line.add('"').add(post.entities());
    addPlace(placed, latitude, longitude);
    line.add("},\"language\":{\"tag\":\"").add(post.author().language().tag());
    line.add("\",\"confidence\":").add(confidence).add('}');
    if (!post.urls().isEmpty()) {
      line.add(",\"links\":{\"url\":[").add(post.urls());
      line.add("],\"domain\":[").add(post.domains()).add("]}");
    }
    line.add(",\"").add(source).add("\":{\"id\":\"").add(number).add("\",\"lang\":\"");
    line.add(post.author().language().tag()).add("\",\"created_at\":\"");
    addTime(second);
    line.add('"');
    addPlace(placed, latitude, longitude);
    if (retweets) {
      addRetweet(post, author, number);
    } else {
      line.add(",\"text\":\"").add(post.content());
      line.add("\",\"user\":{").add(author.asUser()).add('}');
      addEntities(post);
    }
    line.add("}}\n");
    if (!repeats) {
      recent[(int) (posts++ % RECENT)] = post;
    }
  }

  /** How many posts ago the one was that is repeated. */
  private int back() {
    return recency.draw(dice) % (int) Math.min(posts, RECENT);
  }

  private void addRetweet(Post post, Author author, long number) {
    line.add(",\"retweet\":{\"id\":\"").add(number);
    line.add("\",\"text\":\"").add(post.content());
    line.add("\",\"count\":").add(1 + Math.min(dice.below(5000), dice.below(5000)));
    line.add(",\"user\":{").add(author.asUser()).add('}');
    addEntities(post);
    line.add("},\"retweeted\":{\"id\":\"").add(post.number());
    line.add("\",\"user\":{").add(post.author().asUser()).add("}}");
  }

  private void addEntities(Post post) {
    line.add(post.entities());
    if (!post.urls().isEmpty()) {
      line.add(",\"links\":[").add(post.urls());
      line.add("],\"domains\":[").add(post.domains()).add(']');
    }
  }

  private void addPlace(boolean placed, int latitude, int longitude) {
    if (placed) {
      line.add(",\"geo\":{\"latitude\":").addMillionths(latitude);
      line.add(",\"longitude\":").addMillionths(longitude).add('}');
    }
  }

  private void addTime(int second) {
    line.add(dateText).addTwo(second / 3600).add(':').addTwo(second / 60 % 60);
    line.add(':').addTwo(second % 60).add(" +0000");
  }
}
