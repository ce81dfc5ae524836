/**
 * Builds the parts of an installation from its settings: archive, mappings, scheduler, cluster. The
 * only place that knows all modules; read {@link dev.historics.cli.wiring.Installation}.
 */
package dev.historics.cli.wiring;
