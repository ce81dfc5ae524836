/**
 * Who is next: users' queues of day chunks, the pool, tickets, shared scans, and when it will be
 * over.
 *
 * <p>{@link dev.historics.schedule.Core} decides and is pure: events in, commands out, without a
 * clock, a thread or a file. {@link dev.historics.schedule.Scheduling} keeps what it decided in a
 * {@link dev.historics.schedule.StateStore}; {@link dev.historics.schedule.Dispatcher} carries the
 * commands out on a {@link dev.historics.schedule.Cluster}. Read {@code Core} first, then {@code
 * LiveQueries}, which knows where each chunk stands, {@code Usage} for quotas, and {@code Pool}.
 *
 * <p>Nothing here knows how a day is read or how a rule matches.
 */
package dev.historics.schedule;
