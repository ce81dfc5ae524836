package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** What the values of a Parquet column are, and how they are spelled. */
record ParquetColumn(TargetColumn.Kind kind, Spelling spelling) {
  /** Spells a value that is there. */
  @FunctionalInterface
  interface Spelling {
    /**
     * As a text of the file's kind.
     *
     * @throws RuntimeException if it has none; the message says why
     */
    String text(Group group, int column);
  }

  /** Empty if no text or number stands for the values. */
  static Optional<ParquetColumn> of(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    if (logical == null || logical instanceof UnknownLogicalTypeAnnotation) {
      return stored(primitive.getPrimitiveTypeName());
    }
    if (logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation) {
      return column(Kind.TEXT, ParquetColumn::utf8);
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      PrimitiveTypeName stored = primitive.getPrimitiveTypeName();
      return column(
          Kind.FLOAT,
          (group, at) -> LogicalTexts.decimal(unscaled(group, at, stored), decimal.getScale()));
    }
    if (logical instanceof IntLogicalTypeAnnotation whole) {
      return whole.isSigned()
          ? stored(primitive.getPrimitiveTypeName())
          : column(Kind.INT, unsigned(whole.getBitWidth()));
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      return column(Kind.TEXT, (group, at) -> LogicalTexts.uuid(group.getBinary(at, 0).getBytes()));
    }
    return calendar(logical);
  }

  private static Optional<ParquetColumn> column(Kind kind, Spelling spelling) {
    return Optional.of(new ParquetColumn(kind, spelling));
  }

  private static Optional<ParquetColumn> stored(PrimitiveTypeName type) {
    return switch (type) {
      case BINARY -> column(Kind.TEXT, ParquetColumn::utf8);
      case BOOLEAN -> column(Kind.TEXT, (group, at) -> group.getValueToString(at, 0));
      case INT32, INT64 -> column(Kind.INT, (group, at) -> group.getValueToString(at, 0));
      case FLOAT -> column(Kind.FLOAT, ParquetColumn::single);
      case DOUBLE -> column(Kind.FLOAT, ParquetColumn::number);
      case INT96, FIXED_LEN_BYTE_ARRAY -> Optional.empty();
    };
  }

  private static Optional<ParquetColumn> calendar(LogicalTypeAnnotation logical) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return column(Kind.TEXT, (group, at) -> LogicalTexts.date(group.getInteger(at, 0)));
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      ChronoUnit unit = unit(time.getUnit());
      return column(
          Kind.TEXT,
          (group, at) ->
              LogicalTexts.time(
                  unit == ChronoUnit.MILLIS ? group.getInteger(at, 0) : group.getLong(at, 0),
                  unit));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      ChronoUnit unit = unit(timestamp.getUnit());
      return column(
          Kind.TEXT,
          timestamp.isAdjustedToUTC()
              ? (group, at) -> LogicalTexts.moment(group.getLong(at, 0), unit)
              : (group, at) -> LogicalTexts.wallClock(group.getLong(at, 0), unit));
    }
    return Optional.empty();
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  private static BigInteger unscaled(Group group, int at, PrimitiveTypeName stored) {
    return switch (stored) {
      case INT32 -> BigInteger.valueOf(group.getInteger(at, 0));
      case INT64 -> BigInteger.valueOf(group.getLong(at, 0));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> new BigInteger(group.getBinary(at, 0).getBytes());
      case INT96, BOOLEAN, FLOAT, DOUBLE ->
          throw new IllegalStateException("a schema does not allow decimals as " + stored);
    };
  }

  private static Spelling unsigned(int bits) {
    return bits == Long.SIZE
        ? (group, at) -> LogicalTexts.unsigned(group.getLong(at, 0))
        : (group, at) -> LogicalTexts.unsigned(group.getInteger(at, 0) & ((1L << bits) - 1));
  }

  private static String utf8(Group group, int at) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(group.getBinary(at, 0).getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("expected UTF-8, found bytes that are none", e);
    }
  }

  /** JSON has no number that is not finite: such a one is no value. */
  private static String single(Group group, int at) {
    float value = group.getFloat(at, 0);
    return Float.isFinite(value) ? Float.toString(value) : "";
  }

  private static String number(Group group, int at) {
    double value = group.getDouble(at, 0);
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
