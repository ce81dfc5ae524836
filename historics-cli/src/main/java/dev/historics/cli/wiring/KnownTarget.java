package dev.historics.cli.wiring;

import dev.historics.filter.Target;

/**
 * A target that rules can name.
 *
 * @param source whose mapping says what it is; empty for a target of the standard dictionary
 */
public record KnownTarget(Target target, String source) {}
