package dev.historics.filter.geo;

/**
 * A point on the earth.
 *
 * @param latitude degrees north, from -90 to 90
 * @param longitude degrees east, from -180 to 180
 */
public record Point(double latitude, double longitude) {
  public Point {
    // Written so that NaN is refused.
    if (!(Math.abs(latitude) <= 90)) {
      throw new IllegalArgumentException("expected a latitude from -90 to 90, found " + latitude);
    }
    if (!(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException(
          "expected a longitude from -180 to 180, found " + longitude);
    }
  }
}
