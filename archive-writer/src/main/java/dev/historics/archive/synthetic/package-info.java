/**
 * A made-up stream of social interactions, for trying things out and for measuring.
 *
 * <p>It looks like a real one where that matters to an archive and to filters: few authors write
 * most, few words are said most, people repeat each other, and nights are quiet. The same settings
 * give the same bytes on every machine, for ever: nothing here asks a clock, a locale or a
 * library's random numbers. Begin with {@link dev.historics.archive.synthetic.Firehose}.
 */
package dev.historics.archive.synthetic;
