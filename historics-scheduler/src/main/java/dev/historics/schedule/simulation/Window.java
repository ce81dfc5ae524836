package dev.historics.schedule.simulation;

/**
 * What happened in one window of {@value Simulation#WINDOW} chunks' time.
 *
 * @param fairness Jain's index over the charged work of those users who had chunks waiting during
 *     all of it; NaN where fewer than two had
 * @param waiting how many chunks waited at its end
 * @param scans how many jobs started in it
 * @param chunks how many chunks these jobs had
 */
public record Window(double fairness, long waiting, long scans, long chunks) {}
