package dev.historics.jobs;

import dev.historics.filter.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scan must deliver.
 *
 * @param targets the columns, in the order in which they will be asked for
 * @param times whether {@code created_at} is needed
 * @param buckets whether sample buckets are needed
 * @param ids whether ids are needed
 * @param fromMillis no row before this is wanted
 * @param toMillis no row from this on is wanted
 * @param bucketEnd no row with this bucket or a higher one is wanted
 */
record ScanNeeds(
    List<Target> targets,
    boolean times,
    boolean buckets,
    boolean ids,
    long fromMillis,
    long toMillis,
    int bucketEnd) {
  /** The place of an interaction in the samples that rules draw; not a column of the archive. */
  static final String SAMPLE = "interaction.sample";

  /** Every interaction has it, so the archive keeps it apart from the other targets. */
  static final String ID = "interaction.id";

  /** Whether a column comes from what an interaction is stored under, and not from its JSON. */
  static boolean isSpecial(Target target) {
    return isSample(target) || target.name().equals(ID);
  }

  /** Whether a column is drawn from ids. */
  static boolean isSample(Target target) {
    return target.name().equals(SAMPLE);
  }

  ScanNeeds {
    targets = List.copyOf(targets);
  }

  /** What riders with these ranges and samples need, their rules reading {@code targets}. */
  static ScanNeeds of(
      List<Target> targets, List<ReplayPlan.Rider> riders, long dayStartMillis, long dayEndMillis) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    double sample = 0;
    boolean times = false;
    boolean buckets = false;
    boolean ids = targets.stream().anyMatch(ScanNeeds::isSpecial);
    for (ReplayPlan.Rider rider : riders) {
      boolean sampled = rider.samplePercent() < 100;
      boolean wholeBuckets = rider.samplePercent() == Math.rint(rider.samplePercent());
      from = Math.min(from, rider.fromMillis());
      to = Math.max(to, rider.toMillis());
      sample = Math.max(sample, rider.samplePercent());
      times |= rider.fromMillis() > dayStartMillis || rider.toMillis() < dayEndMillis;
      buckets |= sampled && wholeBuckets;
      ids |= sampled && !wholeBuckets;
    }
    return new ScanNeeds(targets, times, buckets, ids, from, to, (int) Math.ceil(sample));
  }

  /** Where the column of {@code target} stands; what dictionaries note about it does not count. */
  int place(Target target) {
    for (int i = 0; i < targets.size(); i++) {
      if (isSame(targets.get(i), target)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the scan does not read " + target);
  }

  /** The same with more columns, which come after the others unless they are there already. */
  ScanNeeds and(List<Target> more) {
    List<Target> all = new ArrayList<>(targets);
    for (Target target : more) {
      if (all.stream().noneMatch(other -> isSame(other, target))) {
        all.add(target);
      }
    }
    return new ScanNeeds(all, times, buckets, ids, fromMillis, toMillis, bucketEnd);
  }

  /** The same with ids. */
  ScanNeeds andIds() {
    return new ScanNeeds(targets, times, buckets, true, fromMillis, toMillis, bucketEnd);
  }

  private static boolean isSame(Target one, Target other) {
    return one.name().equals(other.name()) && one.type() == other.type();
  }

  /** Whether rows of these ranges can be wanted at all. */
  boolean canWant(long firstMillis, long lastMillis, int lowestBucket) {
    return lastMillis >= fromMillis && firstMillis < toMillis && lowestBucket < bucketEnd;
  }
}
