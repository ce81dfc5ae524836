/**
 * The steps between which a process may die and the archive must still be right. Tests kill one at
 * each of them; in earnest they do nothing. Begin with {@link
 * dev.historics.archive.kill.KillPoint}.
 */
package dev.historics.archive.kill;
