/**
 * When recurring queries are due, and over which time: calendars, time zones and what happens after
 * a downtime, without a clock, a store or a queue. Read {@link
 * dev.historics.schedule.recurring.Timetable} first.
 */
package dev.historics.schedule.recurring;
