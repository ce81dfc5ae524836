/**
 * From one source's records to interactions, as a YAML mapping says.
 *
 * <p>A mapping names where the id, the time and the fields of an interaction are found in a record;
 * the record itself stays whole under the source's own name. Records are read once, as bytes:
 * nothing is decoded that a mapping does not ask for. Nothing here opens data files or knows where
 * interactions go. Begin with {@link dev.historics.archive.mapping.SourceMapping}.
 */
package dev.historics.archive.mapping;
