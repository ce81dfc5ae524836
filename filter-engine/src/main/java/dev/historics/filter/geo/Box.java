package dev.historics.filter.geo;

/**
 * The area between two parallels and two meridians. It goes eastwards from its left edge to its
 * right one, over the date line where the left one is the greater.
 *
 * @param topLeft the north-western corner
 * @param bottomRight the south-eastern corner, not north of the other
 */
public record Box(Point topLeft, Point bottomRight) implements Shape {
  public Box {
    if (topLeft.latitude() < bottomRight.latitude()) {
      throw new IllegalArgumentException(
          "expected the upper left corner first, then the lower right one,"
              + " found latitude %s above %s"
                  .formatted(topLeft.latitude(), bottomRight.latitude()));
    }
  }

  @Override
  public int effort() {
    return 1;
  }

  @Override
  public boolean contains(double latitude, double longitude) {
    if (!(latitude <= topLeft.latitude() && latitude >= bottomRight.latitude())) {
      return false;
    }
    boolean eastOfLeft = longitude >= topLeft.longitude();
    boolean westOfRight = longitude <= bottomRight.longitude();
    return topLeft.longitude() <= bottomRight.longitude()
        ? eastOfLeft && westOfRight
        : (eastOfLeft && longitude <= 180) || (westOfRight && longitude >= -180);
  }
}
