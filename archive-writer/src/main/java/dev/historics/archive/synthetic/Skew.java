package dev.historics.archive.synthetic;

/**
 * A choice between things of which the first is the most likely and the last the least: the one of
 * rank {@code r} (from 1) is chosen in proportion to {@code r} to the power of {@code -exponent},
 * as Zipf found it of words. Shared by threads. Drawn in constant time (Vose, 1991).
 */
final class Skew {
  private final double[] own;
  private final int[] alias;

  Skew(int things, double exponent) {
    double[] weights = new double[things];
    double sum = 0;
    for (int i = 0; i < things; i++) {
      weights[i] = StrictMath.pow(i + 1, -exponent);
      sum += weights[i];
    }
    own = new double[things];
    alias = new int[things];
    fill(weights, sum / things);
  }

  private void fill(double[] weights, double mean) {
    int things = weights.length;
    int[] poor = new int[things];
    int[] rich = new int[things];
    int poorCount = 0;
    int richCount = 0;
    for (int i = 0; i < things; i++) {
      weights[i] /= mean;
      if (weights[i] < 1) {
        poor[poorCount++] = i;
      } else {
        rich[richCount++] = i;
      }
    }
    while (poorCount > 0 && richCount > 0) {
      int less = poor[--poorCount];
      int more = rich[richCount - 1];
      own[less] = weights[less];
      alias[less] = more;
      weights[more] -= 1 - weights[less];
      if (weights[more] < 1) {
        richCount--;
        poor[poorCount++] = more;
      }
    }
    // What is left over differs from 1 by rounding alone.
    while (richCount > 0) {
      own[rich[--richCount]] = 1;
    }
    while (poorCount > 0) {
      own[poor[--poorCount]] = 1;
    }
  }

  /** The rank, from 0, of the thing that {@code dice} choose. */
  int draw(Dice dice) {
    int thing = dice.below(own.length);
    return dice.fraction() < own[thing] ? thing : alias[thing];
  }
}
