/**
 * The command that runs the scheduler over a workload with a pretend clock, and how its figures are
 * shown. Read {@link dev.historics.cli.simulation.SimulateCommand} first.
 */
package dev.historics.cli.simulation;
