package dev.historics.filter;

import dev.historics.filter.ReferenceInterpreter.Place;
import java.util.List;

/** Shapes on the map, by the formulas of the textbook. */
final class ReferenceGeo {
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private ReferenceGeo() {}

  /** Between two corners, edges included; one that ends west of its start goes over 180°. */
  static boolean isInBox(Place place, Place upperLeft, Place lowerRight) {
    double west = upperLeft.longitude();
    double east = lowerRight.longitude();
    boolean between =
        west <= east
            ? west <= place.longitude() && place.longitude() <= east
            : west <= place.longitude() || place.longitude() <= east;
    return between
        && lowerRight.latitude() <= place.latitude()
        && place.latitude() <= upperLeft.latitude();
  }

  /** Great-circle distance by the haversine formula. */
  static double kilometres(Place a, Place b) {
    double h =
        haversine(Math.toRadians(a.latitude() - b.latitude()))
            + Math.cos(Math.toRadians(a.latitude()))
                * Math.cos(Math.toRadians(b.latitude()))
                * haversine(Math.toRadians(a.longitude() - b.longitude()));
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  private static double haversine(double angle) {
    return Math.sin(angle / 2) * Math.sin(angle / 2);
  }

  /** On an edge, or with an odd number of edges to its east; latitude and longitude as a plane. */
  static boolean isInPolygon(Place place, List<Place> vertices) {
    boolean inside = false;
    for (int i = 0; i < vertices.size(); i++) {
      Place a = vertices.get(i);
      Place b = vertices.get((i + 1) % vertices.size());
      if (isOnEdge(place, a, b)) {
        return true;
      }
      Place lower = a.latitude() < b.latitude() ? a : b;
      Place upper = a.latitude() < b.latitude() ? b : a;
      boolean sameHeight =
          lower.latitude() <= place.latitude() && place.latitude() < upper.latitude();
      if (sameHeight && side(lower, upper, place) > 0) {
        inside = !inside;
      }
    }
    return inside;
  }

  private static boolean isOnEdge(Place place, Place a, Place b) {
    return side(a, b, place) == 0
        && Math.min(a.latitude(), b.latitude()) <= place.latitude()
        && place.latitude() <= Math.max(a.latitude(), b.latitude())
        && Math.min(a.longitude(), b.longitude()) <= place.longitude()
        && place.longitude() <= Math.max(a.longitude(), b.longitude());
  }

  /** Above 0 if {@code place} lies to the left of the way from {@code a} to {@code b}. */
  private static double side(Place a, Place b, Place place) {
    return (b.longitude() - a.longitude()) * (place.latitude() - a.latitude())
        - (b.latitude() - a.latitude()) * (place.longitude() - a.longitude());
  }
}
