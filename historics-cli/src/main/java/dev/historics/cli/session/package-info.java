/**
 * What every command has: the global options, the home, the settings, and ways to print. It knows
 * no command. Read {@link dev.historics.cli.session.Session} first.
 */
package dev.historics.cli.session;
