/**
 * Adds what a table says to interactions that are archived. {@link
 * dev.historics.cli.augment.AugmentCommand} is the command; it checks what it is asked before
 * anything is changed.
 */
package dev.historics.cli.augment;
