/**
 * The commands about rules and queries. {@link dev.historics.cli.query.RuleArgument} is how every
 * one of them gets its rule.
 */
package dev.historics.cli.query;
