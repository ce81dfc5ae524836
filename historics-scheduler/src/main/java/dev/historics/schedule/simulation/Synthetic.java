package dev.historics.schedule.simulation;

import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Volume;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Made-up workloads of one kind, one for each seed. Those of {@link #NORMAL} and {@link #OVERLOAD}
 * have 8 slots, 20 users of unequal appetite and a year of days of unequal size of which the recent
 * ones are hot; one user dumps 12 queries of the whole year.
 */
public record Synthetic(ClusterModel cluster, ArchiveShape archive, Demand demand) {
  private static final ClusterModel EIGHT_SLOTS =
      new ClusterModel(8, 0, 50e6, 0.05, 0.2, List.of(), 0, 0);

  /** A chunk takes a minute. */
  private static final ArchiveShape YEAR = new ArchiveShape(365, 3_000_000_000L, 0.35, 30);

  /** Three tenths of what the cluster can do. */
  public static final Synthetic LIGHT =
      new Synthetic(EIGHT_SLOTS, YEAR, new Demand(20, 1.1, 0.3, 2000, 0, 1));

  /** Four fifths of what the cluster can do, and the dump. */
  public static final Synthetic NORMAL =
      new Synthetic(EIGHT_SLOTS, YEAR, new Demand(20, 1.1, 0.8, 2000, 12, 1));

  /** Three times what the cluster can do, and the dump. */
  public static final Synthetic OVERLOAD =
      new Synthetic(EIGHT_SLOTS, YEAR, new Demand(20, 1.1, 3, 2000, 12, 1));

  /** A petabyte, 10,000 users and about 2,000 queries a month, over a year. */
  public static final Synthetic PETABYTE =
      new Synthetic(
          new ClusterModel(8, 10, 5e9, 0.05, 0.2, List.of(), 0.01, 0.01),
          new ArchiveShape(365, 2_740_000_000_000L, 0.35, 30),
          new Demand(10_000, 1.1, 0.78, 53_400, 12, 3));

  private static final TreeSet<String> SOURCES = new TreeSet<>(List.of("made-up"));
  private static final String RULE = "interaction.content exists";
  private static final int BYTES_PER_RECORD = 1000;

  private static final double SECONDS_PER_DAY = 86_400;

  /** The workload of a seed. */
  public Workload workload(long seed) {
    return new Making(new SplittableRandom(seed)).workload();
  }

  private final class Making {
    private final SplittableRandom random;
    private final double chunkSeconds = cluster.seconds(archive.bytesPerDay(), 1);
    private final double seconds = demand.length() * chunkSeconds;
    private final long[] sizes;
    private final double[] ranks;
    private long made;
    private final LocalDate first =
        LocalDate.ofInstant(Simulation.START, ZoneOffset.UTC).minusDays(archive.days());

    private Making(SplittableRandom random) {
      this.random = random;
      this.sizes =
          archive.sizes(archive.days() + (int) (seconds / SECONDS_PER_DAY) + 1, random.split());
      this.ranks = new double[demand.users()];
      double sum = 0;
      for (int user = 0; user < ranks.length; user++) {
        sum += StrictMath.pow(user + 1, -demand.skew());
        ranks[user] = sum;
      }
    }

    private Workload workload() {
      List<Submission> submissions = new ArrayList<>(dumps());
      double asked = 0;
      double offered = demand.load() * cluster.slots() * seconds;
      while (asked < offered) {
        Submission submission = somebodyAsks();
        submissions.add(submission);
        for (Volume volume : submission.volumes()) {
          asked += cluster.seconds(volume.bytes(), 1);
        }
      }
      submissions.sort(Comparator.comparingLong(Submission::at));
      return new Workload(cluster, submissions);
    }

    private List<Submission> dumps() {
      long at = Math.round(Demand.DUMP_AT * chunkSeconds * 1000);
      List<Submission> dumps = new ArrayList<>();
      for (int i = 0; i < demand.dumps(); i++) {
        dumps.add(submission(at, 0, 0, archive.days()));
      }
      return dumps;
    }

    private Submission somebodyAsks() {
      double at = demand.moment(random.nextDouble()) * seconds;
      int today = archive.days() + (int) (at / SECONDS_PER_DAY);
      int oldest = today - archive.days();
      int length = Math.min(archive.days(), length());
      int end = today - archive.age(random);
      int start = Math.max(oldest, end - length);
      return submission(Math.round(at * 1000), user(), start, Math.min(today, start + length));
    }

    private int user() {
      double draw = random.nextDouble() * ranks[ranks.length - 1];
      int found = Arrays.binarySearch(ranks, draw);
      return found >= 0 ? found : -found - 1;
    }

    private int length() {
      double draw = random.nextDouble();
      if (draw < 0.35) {
        return 1;
      }
      if (draw < 0.70) {
        return 7;
      }
      return draw < 0.95 ? 30 : random.nextInt(31, 183);
    }

    private Submission submission(long at, int user, int start, int end) {
      List<Volume> volumes = new ArrayList<>(end - start);
      for (int day = start; day < end; day++) {
        volumes.add(new Volume(sizes[day] / BYTES_PER_RECORD, sizes[day]));
      }
      QueryRequest request =
          new QueryRequest(
              "u" + user, "", RULE, hash(), 1, SOURCES, midnight(start), midnight(end), 100);
      return new Submission(at, request, volumes);
    }

    /** Each query has a rule of its own. */
    private String hash() {
      made++;
      return "%032x".formatted(made);
    }

    private Instant midnight(int day) {
      return first.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }
}
