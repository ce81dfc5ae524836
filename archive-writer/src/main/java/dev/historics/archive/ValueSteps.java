package dev.historics.archive;

import dev.historics.archive.TargetTree.Node;
import dev.historics.archive.json.JsonShapes;
import java.util.Arrays;

/** Which scalars of a shape are values of some target; noted while one such text is walked. */
final class ValueSteps {
  private boolean hasPlaces;
  private int count;
  private int[] scalars = new int[16];
  private Node[] nodes = new Node[16];

  /** Notes a value by its place in the text, of which {@link #over} makes a number. */
  void add(int from, Node node) {
    if (count == scalars.length) {
      scalars = Arrays.copyOf(scalars, 2 * count);
      nodes = Arrays.copyOf(nodes, 2 * count);
    }
    scalars[count] = from;
    nodes[count++] = node;
  }

  /** Notes that not every value is a scalar: a place is an object. */
  void placeMet() {
    hasPlaces = true;
  }

  /** The same for all texts of a shape, of which the walked one was just read. */
  ValueSteps over(JsonShapes shapes) {
    int scalar = 0;
    for (int step = 0; step < count; step++) {
      while (shapes.from(scalar) != scalars[step]) {
        scalar++;
      }
      scalars[step] = scalar;
    }
    return this;
  }

  /** Whether the texts must be walked nevertheless. */
  boolean hasPlaces() {
    return hasPlaces;
  }

  int count() {
    return count;
  }

  /** The number of the scalar in its text, for {@code step} from 0 to {@link #count}. */
  int scalar(int step) {
    return scalars[step];
  }

  /** What it is a value of. */
  Node node(int step) {
    return nodes[step];
  }
}
