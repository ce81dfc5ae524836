package dev.historics.filter.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.historics.filter.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {
  static LongStream seeds() {
    return Seeds.first(60);
  }

  private static Box box(double top, double left, double bottom, double right) {
    return new Box(new Point(top, left), new Point(bottom, right));
  }

  private static Polygon polygon(double... degrees) {
    List<Point> vertices = new ArrayList<>();
    for (int i = 0; i < degrees.length; i += 2) {
      vertices.add(new Point(degrees[i], degrees[i + 1]));
    }
    return new Polygon(vertices);
  }

  @ParameterizedTest
  @CsvSource({
    "51.4553, -0.9689, true",
    "51.5074, -0.1278, false",
    "51.4911, -1.0617, true",
    "51.4194, -0.8921, true",
    "51.4911, -0.8921, true",
    "51.49111, -1, false",
    "51.45, -1.06171, false",
    "NaN, -1, false",
    "51.45, NaN, false"
  })
  void a_box_has_its_edges(double latitude, double longitude, boolean inside) {
    Shape reading = box(51.4911, -1.0617, 51.4194, -0.8921);

    assertThat(reading.contains(latitude, longitude)).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 175, true", "0, 180, true", "0, -180, true", "0, -175, true", "0, 170, true",
    "0, -170, true", "0, 0, false", "0, 169, false", "0, -169, false", "0, 181, false",
    "11, 180, false"
  })
  void a_box_goes_east_over_the_date_line(double latitude, double longitude, boolean inside) {
    assertThat(box(10, 170, -10, -170).contains(latitude, longitude)).isEqualTo(inside);
  }

  @Test
  void a_box_may_be_a_line_or_a_point() {
    assertThat(box(5, 6, 5, 6).contains(5, 6)).isTrue();
    assertThat(box(5, 6, 5, 7).contains(5, 6.5)).isTrue();
    assertThat(box(90, -180, -90, 180).contains(-90, 180)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "51.752, -1.2577, 50, true",
    "51.5074, -0.1278, 50, false",
    "51.5074, -0.1278, 59, true",
    "51.4553, -0.9689, 0.001, true",
    "NaN, 0, 50000, false",
    "91, 0, 50000, false",
    "0, -181, 50000, false"
  })
  void a_radius_is_a_distance_in_kilometres(
      double latitude, double longitude, double kilometres, boolean inside) {
    Shape reading = new Radius(new Point(51.4553, -0.9689), kilometres);

    assertThat(reading.contains(latitude, longitude)).isEqualTo(inside);
  }

  @Test
  void a_radius_reaches_over_the_date_line_and_the_poles() {
    double quarter = Math.PI * 6371.0088 / 2;

    assertThat(new Radius(new Point(0, 179.9), 30).contains(0, -179.9)).isTrue();
    assertThat(new Radius(new Point(89.9, 0), 30).contains(89.9, 180)).isTrue();
    assertThat(new Radius(new Point(90, 0), quarter * 1.0000001).contains(0, 77)).isTrue();
    assertThat(new Radius(new Point(90, 0), quarter * 0.9999999).contains(0, 77)).isFalse();
    assertThat(new Radius(new Point(0, 0), 3 * quarter).contains(0, 180)).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_radius_agrees_with_the_angle_between_two_arrows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      double[] a = {random.nextDouble(-90, 90), random.nextDouble(-180, 180)};
      double[] b = {random.nextDouble(-90, 90), random.nextDouble(-180, 180)};
      double kilometres = 6371.0088 * angle(arrow(a), arrow(b));

      assertThat(kilometres).isCloseTo(10_000, within(10_100.0));
      assertThat(new Radius(new Point(a[0], a[1]), kilometres + 0.01).contains(b[0], b[1]))
          .isTrue();
      assertThat(new Radius(new Point(a[0], a[1]), kilometres - 0.01).contains(b[0], b[1]))
          .isFalse();
    }
  }

  private static double[] arrow(double[] point) {
    double latitude = Math.toRadians(point[0]);
    double longitude = Math.toRadians(point[1]);
    return new double[] {
      Math.cos(latitude) * Math.cos(longitude),
      Math.cos(latitude) * Math.sin(longitude),
      Math.sin(latitude)
    };
  }

  private static double angle(double[] a, double[] b) {
    double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    double x = a[1] * b[2] - a[2] * b[1];
    double y = a[2] * b[0] - a[0] * b[2];
    double z = a[0] * b[1] - a[1] * b[0];
    return Math.atan2(Math.sqrt(x * x + y * y + z * z), dot);
  }

  @ParameterizedTest
  @CsvSource({
    "51.5, -0.8, true",
    "51.5, -0.5, true",
    "51.75, -0.5, true",
    "51.1, -0.8, true",
    "51.75, -0.4999, false",
    "51, -1, true",
    "51.5, 0, true",
    "51.3, -1, true",
    "51.3, -1.0001, false",
    "50.9999, -1, false",
    "51.5, 0.0001, false",
    "52, -2, false",
    "NaN, 0, false"
  })
  void a_polygon_has_its_edges(double latitude, double longitude, boolean inside) {
    assertThat(polygon(51, -1, 52, -1, 51.5, 0).contains(latitude, longitude)).isEqualTo(inside);
    assertThat(polygon(51, -1, 52, -1, 51.5, 0, 51, -1).contains(latitude, longitude))
        .isEqualTo(inside);
  }

  @Test
  void what_a_polygon_goes_round_twice_is_outside() {
    Polygon star = polygon(10, 0, -8, 6, 3, -9.5, 3, 9.5, -8, -6);

    assertThat(star.contains(0, 0)).isFalse();
    assertThat(star.contains(7, 0)).isTrue();
  }

  @Test
  void places_on_an_edge_that_has_no_exact_decimals_are_inside() {
    Polygon triangle = polygon(0.1, 0.1, 0.7, 0.4, 0.1, 0.7);

    for (int step = 0; step <= 100; step++) {
      double latitude = 0.1 + 0.006 * step;
      double longitude = 0.1 + 0.003 * step;
      assertThat(triangle.contains(latitude, longitude)).isTrue();
    }
  }

  /** Counts the edges north of a point, exactly, on a grid; null where the point is on an edge. */
  private static Boolean northernEdgesAreOdd(List<Point> vertices, double lat, double lng) {
    BigDecimal y = BigDecimal.valueOf(lat);
    BigDecimal x = BigDecimal.valueOf(lng);
    boolean odd = false;
    for (int i = 0; i < vertices.size(); i++) {
      Point a = vertices.get(i);
      Point b = vertices.get((i + 1) % vertices.size());
      BigDecimal ax = BigDecimal.valueOf(a.longitude());
      BigDecimal ay = BigDecimal.valueOf(a.latitude());
      BigDecimal bx = BigDecimal.valueOf(b.longitude());
      BigDecimal by = BigDecimal.valueOf(b.latitude());
      BigDecimal side =
          bx.subtract(ax)
              .multiply(y.subtract(ay))
              .subtract(by.subtract(ay).multiply(x.subtract(ax)));
      boolean between =
          x.compareTo(ax.min(bx)) >= 0
              && x.compareTo(ax.max(bx)) <= 0
              && y.compareTo(ay.min(by)) >= 0
              && y.compareTo(ay.max(by)) <= 0;
      if (side.signum() == 0 && between) {
        return null;
      }
      boolean leftOfA = x.compareTo(ax) < 0;
      boolean leftOfB = x.compareTo(bx) < 0;
      if (leftOfA != leftOfB) {
        boolean below = leftOfB ? side.signum() > 0 : side.signum() < 0;
        odd ^= !below;
      }
    }
    return odd;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_polygon_agrees_with_counting_exactly_in_another_direction(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      List<Point> vertices = new ArrayList<>();
      for (int count = random.nextInt(3, 12); count > 0; count--) {
        vertices.add(new Point(random.nextInt(-5, 6), random.nextInt(-5, 6)));
      }
      Polygon polygon = new Polygon(vertices);
      for (int probe = 0; probe < 50; probe++) {
        double latitude = random.nextInt(-12, 13) / 2.0;
        double longitude = random.nextInt(-12, 13) / 2.0;
        Boolean odd = northernEdgesAreOdd(vertices, latitude, longitude);

        assertThat(polygon.contains(latitude, longitude))
            .as("%s, %s in %s", latitude, longitude, vertices)
            .isEqualTo(odd == null || odd);
      }
    }
  }

  @Test
  void what_cannot_exist_is_refused() {
    assertThatThrownBy(() -> new Point(90.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a latitude from -90 to 90, found 90.5");
    assertThatThrownBy(() -> new Point(Double.NaN, 0))
        .hasMessage("expected a latitude from -90 to 90, found NaN");
    assertThatThrownBy(() -> new Point(0, -181))
        .hasMessage("expected a longitude from -180 to 180, found -181.0");
    assertThatThrownBy(() -> new Point(0, Double.POSITIVE_INFINITY))
        .hasMessage("expected a longitude from -180 to 180, found Infinity");
    assertThatThrownBy(() -> box(1, 0, 2, 0))
        .hasMessage(
            "expected the upper left corner first, then the lower right one,"
                + " found latitude 1.0 above 2.0");
    assertThatThrownBy(() -> new Radius(new Point(0, 0), 0))
        .hasMessage("expected a radius of more than 0 kilometres, found 0.0");
    assertThatThrownBy(() -> new Radius(new Point(0, 0), Double.POSITIVE_INFINITY))
        .hasMessage("expected a radius of more than 0 kilometres, found Infinity");
    assertThatThrownBy(() -> new Radius(new Point(0, 0), Double.NaN))
        .hasMessage("expected a radius of more than 0 kilometres, found NaN");
    assertThatThrownBy(() -> polygon(0, 0, 1, 1)).hasMessage("expected 3 to 32 vertices, found 2");
    assertThatThrownBy(() -> new Polygon(Collections.nCopies(33, new Point(0, 0))))
        .hasMessage("expected 3 to 32 vertices, found 33");
  }
}
