/**
 * Regular expressions as RE2 defines them: no look-around, no back-references, and a time that
 * grows with the text and never faster. The one package that knows RE2/J, which bounds neither the
 * size of a program nor the depth of a pattern; {@link dev.historics.filter.regex.RegexForm} does.
 */
package dev.historics.filter.regex;
