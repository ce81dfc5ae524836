package dev.historics.filter;

/** How the predicates of a set are asked. All ways give the same answers. */
enum Strategy {
  /** As it costs least. */
  CHEAPEST,
  /** In passes that several share, wherever one can take part. */
  SHARED,
  /** Each on its own, by a search over many values at once where one will do. */
  ALONE,
  /** Each on its own, value by value. */
  VALUE_BY_VALUE
}
