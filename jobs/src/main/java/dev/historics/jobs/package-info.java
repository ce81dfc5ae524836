/**
 * Runs rules over the archive: the one place that knows Hadoop, Crunch, Parquet and the other three
 * modules together. {@link dev.historics.jobs.ReplayCluster} is what the scheduler sees; {@code
 * ReplayJob} is one scan of one day, {@code ReplayFn} what a task does, {@code DayPart} what it
 * reads. It asks no command line and keeps no state but files.
 */
package dev.historics.jobs;
