/**
 * Rules over lines of JSON, as fast as can be: blocks of whole lines are read, sifted on several
 * threads and handed over in order. Nothing of an archive is needed. It knows no command line; read
 * {@link dev.historics.cli.filter.Filtering} first.
 */
package dev.historics.cli.filter;
