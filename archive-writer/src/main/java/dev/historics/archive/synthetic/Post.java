package dev.historics.archive.synthetic;

/**
 * What somebody wrote, as fragments of JSON.
 *
 * @param content the text between the quotes
 * @param entities members that the interaction and the source's object share: hashtags, mentions
 * @param urls the elements of the list of links, without brackets; empty if there are none
 * @param domains the elements of the list of their domains
 */
record Post(
    Author author,
    long number,
    Fragment content,
    Fragment entities,
    Fragment urls,
    Fragment domains) {}
