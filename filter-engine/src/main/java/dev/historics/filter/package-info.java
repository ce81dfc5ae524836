/**
 * The filter engine: rules in, one selection of rows per rule out. {@link
 * dev.historics.filter.Definition} is a rule that compiles, {@link dev.historics.filter.RuleSet}
 * the shared plan of many, {@link dev.historics.filter.Matcher} runs it over a {@link
 * dev.historics.filter.ColumnBatch}. Start with {@code RuleSet}.
 *
 * <p>What many rules ask stands in the plan once ({@code Planner}). Predicates on texts share
 * passes over a column ({@code PassPlanner}, {@code PassRun}); a rule is asked where one found
 * something of its own ({@code Trigger}), and passes go over the rows that cheap terms leave
 * ({@code Guards}). {@code Strategy} forces each way of asking, so that tests compare them.
 *
 * <p>It reads no files, knows no storage format and asks no clock. Texts are matched as they are
 * given: whoever reads a record takes links and mentions out of its content.
 */
package dev.historics.filter;
