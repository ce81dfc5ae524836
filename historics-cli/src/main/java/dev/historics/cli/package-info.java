/**
 * The {@code historics} command: its root, what runs it, and the commands about itself. Read {@link
 * dev.historics.cli.Main} first. Nothing depends on this package.
 */
package dev.historics.cli;
