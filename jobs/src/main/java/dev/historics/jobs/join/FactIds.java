package dev.historics.jobs.join;

import java.io.Serializable;

/**
 * Tells a fact from the others of its key. Facts with one id may be joined by one reducer, so the
 * more ids there are, the better a frequent key can be spread.
 */
@FunctionalInterface
public interface FactIds<V> extends Serializable {
  /** Always the same for the same fact, and never null. */
  String id(V fact);
}
