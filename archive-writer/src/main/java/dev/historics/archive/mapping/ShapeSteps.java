package dev.historics.archive.mapping;

import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonTokens.Token;
import java.util.Arrays;

/**
 * What a mapping wants of all records of one shape: which of their scalars, and for what. Noted
 * while one of them is scanned. Owned by one thread.
 */
final class ShapeSteps {
  /** In the place of a scalar: an object is there. */
  private static final int OBJECT = -1;

  private int count;
  private int[] scalars = new int[16];
  private PathTree.Node[] nodes = new PathTree.Node[16];
  private boolean[] listed = new boolean[16];
  private int start;
  private int behind;
  private boolean hasLineBreak;

  /** Notes a scalar by its place in the record, of which {@link #over} makes a number. */
  void addScalar(int pos, PathTree.Node node, boolean inArray) {
    add(pos, node, inArray);
  }

  /** Notes that there is an object where somebody asks whether there is anything. */
  void addObject(PathTree.Node node, boolean inArray) {
    add(OBJECT, node, inArray);
  }

  private void add(int place, PathTree.Node node, boolean inArray) {
    if (count == scalars.length) {
      scalars = Arrays.copyOf(scalars, 2 * count);
      nodes = Arrays.copyOf(nodes, 2 * count);
      listed = Arrays.copyOf(listed, 2 * count);
    }
    scalars[count] = place;
    nodes[count] = node;
    listed[count++] = inArray;
  }

  /**
   * The same for all records of a shape.
   *
   * @param scanner has just scanned the one that was noted
   * @param shapes has just read it
   */
  ShapeSteps over(RecordScanner scanner, JsonShapes shapes) {
    int scalar = 0;
    for (int step = 0; step < count; step++) {
      if (scalars[step] != OBJECT) {
        while (tokenStart(shapes, scalar) != scalars[step]) {
          scalar++;
        }
        scalars[step] = scalar;
      }
    }
    start = scanner.start();
    behind = scanner.captured().record().length - scanner.stop();
    hasLineBreak = scanner.hasLineBreak();
    return this;
  }

  private static int tokenStart(JsonShapes shapes, int scalar) {
    return shapes.from(scalar) - (shapes.kind(scalar) == Token.STRING ? 1 : 0);
  }

  /** Keeps what a record has, of which {@code shapes} has just found that it has the shape. */
  void follow(JsonShapes shapes, Captured captured) {
    for (int step = 0; step < count; step++) {
      int scalar = scalars[step];
      if (scalar == OBJECT) {
        captured.add(nodes[step].presenceSlot(), start, start, false, listed[step]);
      } else {
        follow(shapes, scalar, step, captured);
      }
    }
  }

  private void follow(JsonShapes shapes, int scalar, int step, Captured captured) {
    int from = shapes.from(scalar);
    int to = shapes.to(scalar);
    switch (shapes.kind(scalar)) {
      case NULL -> {
        // Is no value.
      }
      case STRING -> {
        if (from < to) {
          captured.add(nodes[step], from - 1, to + 1, shapes.hasEscapes(scalar), listed[step]);
        }
      }
      default -> captured.add(nodes[step], from, to, false, listed[step]);
    }
  }

  /** Where the object begins, in each of them. */
  int start() {
    return start;
  }

  /** How many bytes stand behind the object. */
  int behind() {
    return behind;
  }

  /** Whether there is a line break between tokens. */
  boolean hasLineBreak() {
    return hasLineBreak;
  }
}
