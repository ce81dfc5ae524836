package dev.historics.archive.synthetic;

/**
 * Somebody who writes, always with the same face.
 *
 * @param username in lower-case ASCII, as is all of the rest but the display name
 * @param asAuthor the members of {@code interaction.author}, without braces
 * @param asUser the members of {@code user} below the source, without braces
 * @param latitude of where they live, in millionths of a degree, as is {@code longitude}
 * @param sharesPlace whether they tell where they write
 */
record Author(
    long id,
    String username,
    Language language,
    String app,
    Fragment asAuthor,
    Fragment asUser,
    int latitude,
    int longitude,
    boolean sharesPlace) {}
