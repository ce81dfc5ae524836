package dev.historics.archive.format;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The one schema of landing files. */
final class LandingSchema {
  /** Names, not Avro's logical types: what a record means is decided here. */
  static final Schema SCHEMA =
      SchemaBuilder.record("Interaction")
          .namespace("dev.historics.archive")
          .fields()
          .requiredString("id")
          .requiredLong("created_at_millis")
          .requiredBytes("raw")
          .endRecord();

  /** The same in JSON, as each file tells it. */
  static final String TEXT = SCHEMA.toString();

  private LandingSchema() {}
}
