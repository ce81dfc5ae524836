package dev.historics.schedule.simulation;

import java.util.SplittableRandom;

/** How long each job takes, and whether it breaks off. Owned by one thread. */
final class PretendCluster {
  /** How a job goes: its length in milliseconds, and whether nothing came of it. */
  record Fate(long millis, boolean fails) {}

  private final ClusterModel model;
  private final SplittableRandom random;

  PretendCluster(ClusterModel model, long seed) {
    this.model = model;
    this.random = new SplittableRandom(seed);
  }

  /** The fate of the next job. */
  Fate next(long bytes, int chunks) {
    double seconds = model.seconds(bytes, chunks) * ratio();
    if (random.nextDouble() < model.stragglers()) {
      seconds *= random.nextDouble(ClusterModel.STRAGGLE_MIN, ClusterModel.STRAGGLE_MAX);
    }
    boolean fails = random.nextDouble() < model.failures();
    if (fails) {
      seconds *= random.nextDouble();
    }
    return new Fate(Math.max(1, Math.round(seconds * 1000)), fails);
  }

  private double ratio() {
    if (!model.ratios().isEmpty()) {
      return model.ratios().get(random.nextInt(model.ratios().size()));
    }
    return StrictMath.exp(model.noise() * random.nextGaussian());
  }
}
