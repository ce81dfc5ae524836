package dev.historics.filter.geo;

/** An area on the earth. Its edge belongs to it. */
public sealed interface Shape permits Box, Radius, Polygon {
  /** Whether a point, in degrees, lies inside; one that is not on the earth does not. */
  boolean contains(double latitude, double longitude);

  /** The work of {@link #contains}, with that of a box for a unit; at least 1. */
  int effort();
}
