/**
 * CSDL text to a tree with places: {@link dev.historics.filter.syntax.Lexer}, {@link
 * dev.historics.filter.syntax.Parser}, {@link dev.historics.filter.syntax.Expr}. Start with the
 * parser, which holds the grammar. Nothing here knows which targets exist or how a rule matches.
 */
package dev.historics.filter.syntax;
