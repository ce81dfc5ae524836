package dev.historics.jobs.join;

import dev.historics.archive.TargetColumn;
import dev.historics.archive.TargetColumn.Kind;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/**
 * What the values of an Avro field are, and how they are spelled.
 *
 * @param spelling of a value that is not null; throws a runtime exception whose message says why
 *     there is none
 */
record AvroColumn(TargetColumn.Kind kind, Function<Object, String> spelling) {
  private static final int UUID_BYTES = 16;

  /** Empty if no text or number stands for the values. */
  static Optional<AvroColumn> of(Schema schema) {
    Schema scalar = scalar(schema);
    String logical = Objects.requireNonNullElse(scalar.getProp("logicalType"), "");
    return switch (scalar.getType()) {
      case STRING, ENUM, BOOLEAN -> column(Kind.TEXT, Object::toString);
      case INT ->
          switch (logical) {
            case "date" -> number(LogicalTexts::date);
            case "time-millis" -> time(ChronoUnit.MILLIS);
            default -> column(Kind.INT, Object::toString);
          };
      case LONG -> calendar(logical);
      case FLOAT, DOUBLE -> column(Kind.FLOAT, AvroColumn::finite);
      case FIXED, BYTES -> bytes(scalar, logical);
      case RECORD, ARRAY, MAP, UNION, NULL -> Optional.empty();
    };
  }

  /** What a union with null has beside it. */
  private static Schema scalar(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static Optional<AvroColumn> column(Kind kind, Function<Object, String> spelling) {
    return Optional.of(new AvroColumn(kind, spelling));
  }

  private static Optional<AvroColumn> number(LongFunction<String> spelling) {
    return column(Kind.TEXT, value -> spelling.apply(((Number) value).longValue()));
  }

  private static Optional<AvroColumn> time(ChronoUnit unit) {
    return number(value -> LogicalTexts.time(value, unit));
  }

  private static Optional<AvroColumn> calendar(String logical) {
    return switch (logical) {
      case "time-micros" -> time(ChronoUnit.MICROS);
      case "timestamp-millis" -> moment(ChronoUnit.MILLIS);
      case "timestamp-micros" -> moment(ChronoUnit.MICROS);
      case "timestamp-nanos" -> moment(ChronoUnit.NANOS);
      case "local-timestamp-millis" -> wallClock(ChronoUnit.MILLIS);
      case "local-timestamp-micros" -> wallClock(ChronoUnit.MICROS);
      case "local-timestamp-nanos" -> wallClock(ChronoUnit.NANOS);
      default -> column(Kind.INT, Object::toString);
    };
  }

  private static Optional<AvroColumn> moment(ChronoUnit unit) {
    return number(value -> LogicalTexts.moment(value, unit));
  }

  private static Optional<AvroColumn> wallClock(ChronoUnit unit) {
    return number(value -> LogicalTexts.wallClock(value, unit));
  }

  private static Optional<AvroColumn> bytes(Schema schema, String logical) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return column(
          Kind.FLOAT,
          value -> LogicalTexts.decimal(new BigInteger(bytes(value)), decimal.getScale()));
    }
    boolean isUuid =
        logical.equals("uuid")
            && schema.getType() == Schema.Type.FIXED
            && schema.getFixedSize() == UUID_BYTES;
    return isUuid ? column(Kind.TEXT, value -> LogicalTexts.uuid(bytes(value))) : Optional.empty();
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** JSON has no number that is not finite: such a one is no value. */
  private static String finite(Object value) {
    return Double.isFinite(((Number) value).doubleValue()) ? value.toString() : "";
  }
}
