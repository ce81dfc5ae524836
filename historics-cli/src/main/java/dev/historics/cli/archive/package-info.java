/** The commands about the archive, and the one that makes data to fill it with. */
package dev.historics.cli.archive;
