package dev.historics.filter;

/** The six ways to compare. */
enum Comparison {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether it holds, given the sign of a three-way comparison. */
  boolean holds(int sign) {
    return switch (this) {
      case EQUAL -> sign == 0;
      case NOT_EQUAL -> sign != 0;
      case LESS -> sign < 0;
      case LESS_OR_EQUAL -> sign <= 0;
      case GREATER -> sign > 0;
      case GREATER_OR_EQUAL -> sign >= 0;
    };
  }

  /** Whether it holds between two numbers; NaN differs from everything and has no order. */
  boolean holds(double value, double bound) {
    return switch (this) {
      case EQUAL -> value == bound;
      case NOT_EQUAL -> value != bound;
      case LESS -> value < bound;
      case LESS_OR_EQUAL -> value <= bound;
      case GREATER -> value > bound;
      case GREATER_OR_EQUAL -> value >= bound;
    };
  }
}
