package dev.historics.schedule;

/**
 * How much a source holds of a day.
 *
 * @param bytes as stored
 */
public record Volume(long records, long bytes) {
  public static final Volume NONE = new Volume(0, 0);

  public Volume plus(Volume other) {
    return new Volume(records + other.records, bytes + other.bytes);
  }
}
