/**
 * What the scheduler would do: the real queue over a recorded or made-up workload, on a pretend
 * cluster with a pretend clock, and the figures that tell how fair and how quick it was.
 *
 * <p>Read {@link dev.historics.schedule.simulation.Simulation} first. The same workload, settings
 * and seed give the same figures, to the last digit.
 *
 * <p>Nothing here reads or writes a file, or knows how figures are shown.
 */
package dev.historics.schedule.simulation;
