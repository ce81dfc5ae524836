package dev.historics.filter.geo;

/**
 * All that is no farther from a point than a distance, along great circles of a sphere with the
 * earth's mean radius (haversine formula).
 *
 * @param kilometres more than 0
 */
public record Radius(Point centre, double kilometres) implements Shape {
  private static final double EARTH_KILOMETRES = 6371.0088;

  public Radius {
    if (!(kilometres > 0 && kilometres < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected a radius of more than 0 kilometres, found " + kilometres);
    }
  }

  @Override
  public int effort() {
    return 2;
  }

  @Override
  public boolean contains(double latitude, double longitude) {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      return false;
    }
    return distance(latitude, longitude) <= kilometres;
  }

  private double distance(double latitude, double longitude) {
    double north = Math.sin(Math.toRadians(latitude - centre.latitude()) / 2);
    double east = Math.sin(Math.toRadians(longitude - centre.longitude()) / 2);
    double chord =
        north * north
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(centre.latitude()))
                * east
                * east;
    return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
