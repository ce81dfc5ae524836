/**
 * The whole JSON of an interaction, taken apart: what stands in columns is said once. Its form is
 * the text with holes, its rest what no column has; with the row's columns both give every byte
 * back. Start with {@link dev.historics.archive.form.FormWriter} and {@link
 * dev.historics.archive.form.Form}.
 */
package dev.historics.archive.form;
