package dev.historics.filter.geo;

import java.util.List;

/**
 * What a line through some points, and back to the first, goes round an odd number of times. It
 * does not know of the date line: an edge from 179 to -179 degrees goes the long way.
 *
 * <p>A point no farther than {@value #EDGE_DEGREES} degrees (a tenth of a millimetre) from the line
 * is on it, since decimal fractions have no exact place.
 *
 * @param vertices from {@value #VERTICES_MIN} to {@value #VERTICES_MAX}
 */
public record Polygon(List<Point> vertices) implements Shape {
  /** The fewest vertices. */
  public static final int VERTICES_MIN = 3;

  /** The most vertices. */
  public static final int VERTICES_MAX = 32;

  private static final double EDGE_DEGREES = 1e-9;

  public Polygon {
    vertices = List.copyOf(vertices);
    if (vertices.size() < VERTICES_MIN || vertices.size() > VERTICES_MAX) {
      throw new IllegalArgumentException(
          "expected %d to %d vertices, found %d"
              .formatted(VERTICES_MIN, VERTICES_MAX, vertices.size()));
    }
  }

  @Override
  public int effort() {
    return vertices.size();
  }

  @Override
  public boolean contains(double latitude, double longitude) {
    boolean odd = false;
    Point from = vertices.get(vertices.size() - 1);
    for (Point to : vertices) {
      if (isOn(from, to, latitude, longitude)) {
        return true;
      }
      odd ^= isCrossed(from, to, latitude, longitude);
      from = to;
    }
    return odd;
  }

  /** Whether an edge stands east of a point, counting its lower end and not its upper one. */
  private static boolean isCrossed(Point from, Point to, double latitude, double longitude) {
    if ((from.latitude() > latitude) == (to.latitude() > latitude)) {
      return false;
    }
    double share = (latitude - from.latitude()) / (to.latitude() - from.latitude());
    return longitude < from.longitude() + share * (to.longitude() - from.longitude());
  }

  private static boolean isOn(Point from, Point to, double latitude, double longitude) {
    double north = to.latitude() - from.latitude();
    double east = to.longitude() - from.longitude();
    double pointNorth = latitude - from.latitude();
    double pointEast = longitude - from.longitude();
    double squared = north * north + east * east;
    double along = squared == 0 ? 0 : (pointNorth * north + pointEast * east) / squared;
    double nearest = Math.max(0, Math.min(1, along));
    return Math.hypot(pointNorth - nearest * north, pointEast - nearest * east) <= EDGE_DEGREES;
  }
}
