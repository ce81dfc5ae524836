/**
 * The scheduler's state in one SQLite file, shared by any number of processes, and beside it the
 * texts that queries name by their hash.
 *
 * <p>It decides nothing: it keeps what {@code dev.historics.schedule} decided, whole or not at all,
 * and gives it back. Read {@link dev.historics.schedule.store.SqliteStore} first.
 */
package dev.historics.schedule.store;
