package dev.historics.archive.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;

/** Tables of random values, with every shape and kind of column that a sealed file can have. */
final class Tables {
  /** Each top-level field has one leaf, so that the levels of no two leaves can contradict. */
  static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message rows {
            required binary id (STRING);
            required int64 made (TIMESTAMP(MILLIS,true));
            required int32 bucket;
            required double weight;
            optional binary word (STRING);
            optional binary bytes;
            optional binary json (JSON);
            optional int64 count;
            optional int32 small;
            optional double share;
            optional group a { optional group b { optional binary c (STRING); } }
            optional group d { required group e { optional int64 f; } }
            optional group tags (LIST) { repeated group list { required binary element (STRING); } }
            optional group sizes (LIST) { repeated group list { optional int64 element; } }
            required group parts (LIST) { repeated group list { required double element; } }
            optional group g { optional group flags (LIST) { repeated group list { optional int32 element; } } }
          }
          """);

  private static final long[] NUMBERS = {
    0, 1, -1, 127, 255, 256, 1_500_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32
  };
  private static final double[] DOUBLES = {
    0.0, -0.0, 1.5, -1.5, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, 1e-300
  };
  private static final String[] WORDS = {
    "",
    "a",
    "ab",
    "en",
    "de",
    "\u00e9t\u00e9",
    "\ud83d\ude00",
    "\uffff",
    "\ud83d\ude00".repeat(40),
    "x".repeat(64),
    "x".repeat(65),
    "\uffff".repeat(20),
    "long ".repeat(200)
  };

  private static final int ASCENDING = 3;

  private final SplittableRandom random;
  private final boolean withNan;

  /**
   * @param withNan whether numbers can be NaN, which programs compare in different ways
   */
  Tables(long seed, boolean withNan) {
    this.random = new SplittableRandom(seed);
    this.withNan = withNan;
  }

  Table next(int rows) {
    List<List<Cell>> columns = new ArrayList<>();
    for (ColumnDescriptor leaf : SCHEMA.getColumns()) {
      columns.add(column(leaf, rows));
    }
    return new Table(SCHEMA, rows, columns);
  }

  private List<Cell> column(ColumnDescriptor leaf, int rows) {
    String name = leaf.getPath()[0];
    int kind = name.equals("made") ? ASCENDING : random.nextInt(5);
    Supplier<Object> any = values(leaf.getPrimitiveType().getPrimitiveTypeName(), kind);
    Supplier<Object> values = name.equals("json") ? () -> quoted((Binary) any.get()) : any;
    int max = leaf.getMaxDefinitionLevel();
    double missing = new double[] {0, 0.02, 0.5, 0.95, 1}[random.nextInt(5)];
    List<Cell> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (leaf.getMaxRepetitionLevel() > 0) {
        list(leaf, missing, values, cells);
      } else if (max > 0 && random.nextDouble() < missing) {
        cells.add(new Cell(0, random.nextInt(max), null));
      } else {
        cells.add(new Cell(0, max, values.get()));
      }
    }
    return cells;
  }

  private void list(ColumnDescriptor leaf, double missing, Supplier<Object> values, List<Cell> to) {
    int max = leaf.getMaxDefinitionLevel();
    int whole = listDefinition(leaf);
    boolean optionalElement = whole < max;
    if (random.nextDouble() < missing) {
      to.add(new Cell(0, random.nextInt(whole), null));
      return;
    }
    int length = random.nextInt(10) == 0 ? random.nextInt(50) + 1 : 1 + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      boolean isNull = optionalElement && random.nextInt(4) == 0;
      to.add(new Cell(Math.min(i, 1), isNull ? whole : max, isNull ? null : values.get()));
    }
  }

  /** From which definition level on a list has an element. */
  static int listDefinition(ColumnDescriptor leaf) {
    boolean optionalElement = SCHEMA.getType(leaf.getPath()).isRepetition(Repetition.OPTIONAL);
    return leaf.getMaxDefinitionLevel() - (optionalElement ? 1 : 0);
  }

  private Supplier<Object> values(PrimitiveTypeName type, int kind) {
    return switch (type) {
      case BINARY -> () -> text(kind);
      case INT32 -> () -> (int) number(kind);
      case INT64 -> () -> number(kind);
      default -> () -> fraction(kind);
    };
  }

  private int sequence;

  private Binary text(int kind) {
    String text =
        switch (kind) {
          case 0 -> "one";
          case 1 -> WORDS[random.nextInt(WORDS.length)];
          case 2 -> "user" + random.nextInt(300);
          case 3 -> "id-" + sequence++;
          default -> Long.toString(random.nextLong(), 36).repeat(random.nextInt(4));
        };
    return Binary.fromReusedByteArray(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Binary quoted(Binary text) {
    return Binary.fromString("\"%s\"".formatted(text.toStringUsingUTF8()));
  }

  private long number(int kind) {
    return switch (kind) {
      case 0 -> -7;
      case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 2 -> random.nextInt(100);
      case 3 -> 1_500_000_000L + (sequence += random.nextInt(20));
      default -> random.nextLong();
    };
  }

  private double fraction(int kind) {
    return switch (kind) {
      case 0 -> 2.25;
      case 1 -> DOUBLES[random.nextInt(DOUBLES.length)];
      case 2 -> withNan && random.nextInt(50) == 0 ? Double.NaN : random.nextInt(20) / 4.0;
      case 3 -> sequence++;
      default -> random.nextDouble();
    };
  }

  /** Settings that make all kinds of pages from few rows. */
  static ColumnSettings settings(SplittableRandom random) {
    ColumnSettings settings =
        ColumnSettings.STANDARD
            .withPages(1 << (4 + random.nextInt(14)), 1 << (2 + random.nextInt(10)))
            .withZstdLevel(1 + random.nextInt(4));
    return random.nextInt(3) == 0 ? settings.withoutDictionary() : settings;
  }
}
