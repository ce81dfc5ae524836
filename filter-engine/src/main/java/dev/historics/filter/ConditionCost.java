package dev.historics.filter;

/**
 * What one condition of a rule adds to {@link Definition#complexity}.
 *
 * @param condition in its canonical spelling
 * @param units at least 1
 */
public record ConditionCost(String condition, Target target, int units) {}
