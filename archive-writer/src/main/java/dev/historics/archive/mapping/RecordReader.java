package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import dev.historics.archive.json.JsonShapes;
import dev.historics.archive.json.JsonShapes.Shape;
import dev.historics.archive.json.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records as {@link RecordScanner} does. Of records that are alike but for their scalars only
 * the first is scanned; the others are compared with it, and have the same wherever it says so.
 * Owned by one thread.
 */
final class RecordReader {
  private final RecordScanner scanner;
  private final JsonShapes shapes = new JsonShapes();
  private final List<ShapeSteps> byShape = new ArrayList<>();
  private int start;
  private int stop;
  private boolean hasLineBreak;

  RecordReader(PathTree paths) {
    this.scanner = new RecordScanner(paths);
  }

  void read(byte[] record) throws RejectedRecordException {
    boolean isText = Utf8.firstBadByte(record, 0, record.length) == record.length;
    Shape shape = isText ? shapes.read(record) : null;
    ShapeSteps steps = shape == null ? null : steps(shape);
    if (steps == null) {
      scan(record, shape);
      return;
    }
    captured().clear(record);
    steps.follow(shapes, captured());
    start = steps.start();
    stop = record.length - steps.behind();
    hasLineBreak = steps.hasLineBreak();
  }

  private ShapeSteps steps(Shape shape) {
    while (byShape.size() <= shape.number()) {
      byShape.add(null);
    }
    return byShape.get(shape.number());
  }

  private void scan(byte[] record, Shape shape) throws RejectedRecordException {
    if (shape == null) {
      scanner.scan(record);
    } else {
      ShapeSteps noted = new ShapeSteps();
      scanner.scan(record, noted);
      byShape.set(shape.number(), noted.over(scanner, shapes));
    }
    start = scanner.start();
    stop = scanner.stop();
    hasLineBreak = scanner.hasLineBreak();
  }

  /** What was found; valid until the next record. */
  Captured captured() {
    return scanner.captured();
  }

  /** Appends the record's object as it stands there, on one line. */
  void appendObject(JsonBuffer out) {
    if (hasLineBreak) {
      out.appendCompact(captured().record(), start, stop);
    } else {
      out.append(captured().record(), start, stop);
    }
  }
}
