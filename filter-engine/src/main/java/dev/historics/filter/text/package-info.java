/**
 * The one stage that texts go through before they are compared, the same for rules and for data.
 *
 * <ol>
 *   <li>A text is UTF-8. What is malformed in it, and a surrogate without its other half in a
 *       {@link String}, is U+FFFD.
 *   <li>{@link dev.historics.filter.text.Folding} gives it the form in which it is compared: NFC,
 *       and, unless case counts, lower case.
 *   <li>{@link dev.historics.filter.text.Cutting} says how the folded text falls into words, and
 *       {@link dev.historics.filter.text.Words} cuts it: characters that are dropped end a word and
 *       vanish, characters that are kept end a word and are one themselves, and runs of all others
 *       are words. White space is always dropped.
 * </ol>
 *
 * <p>Folding comes first, so the sets of a cutting are asked about folded characters. Cutting first
 * and folding the words gives the same but for two exceptions. NFC takes five characters to where
 * they are cut differently: the Greek question mark is {@code ;}, the varia is {@code `}, and
 * {@code =}, {@code <} and {@code >} with the stroke U+0338 are {@code ≠}, {@code ≮} and {@code ≯}.
 * And a set of letters or marks by category ({@code Lu}, {@code Mn}) holds what is such after
 * folding: a mark may have become one with its letter, and there is no {@code Lu} unless case
 * counts.
 *
 * <p>Beside the stage stand what searches in its results: phrases ({@link
 * dev.historics.filter.text.PhraseAutomaton}), patterns for words ({@link
 * dev.historics.filter.text.Glob}), large sets of texts ({@link
 * dev.historics.filter.text.TextSet}), the normal form of web addresses ({@link
 * dev.historics.filter.text.UrlForm}), and {@link dev.historics.filter.text.ByteFilter}, which
 * looks at raw bytes before anything is decoded. What very many rules look for stands in an index
 * ({@link dev.historics.filter.text.WordIndex}, {@link dev.historics.filter.text.LiteralIndex}),
 * with which a {@link dev.historics.filter.text.TextScan} goes over a text once. Nothing here knows
 * rules or columns. Start with {@code Cutting}.
 */
package dev.historics.filter.text;
