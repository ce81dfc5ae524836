/**
 * The command that looks at an installation and its surroundings, and says what is wrong and what
 * to do; it repairs nothing. {@link dev.historics.cli.doctor.Check} is one thing to look at, {@link
 * dev.historics.cli.doctor.Examination} looks at all of them in bounded time.
 */
package dev.historics.cli.doctor;
