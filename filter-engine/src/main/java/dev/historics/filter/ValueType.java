package dev.historics.filter;

/** What a target's values are. A boolean in the data is an {@link #INT} of 1 or 0. */
public enum ValueType {
  TEXT,
  INT,
  FLOAT,
  GEO
}
