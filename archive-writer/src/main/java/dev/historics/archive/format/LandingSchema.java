package dev.historics.archive.format;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The one schema of landing files. */
final class LandingSchema {
  static final int ID = 0;
  static final int CREATED_AT = 1;
  static final int RAW = 2;

  /** Names, not Avro's logical types: what a record means is decided here. */
  static final Schema SCHEMA =
      SchemaBuilder.record("Interaction")
          .namespace("dev.historics.archive")
          .fields()
          .requiredString("id")
          .requiredLong("created_at_millis")
          .requiredBytes("raw")
          .endRecord();

  private LandingSchema() {}
}
