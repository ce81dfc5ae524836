/** JSON as bytes: its tokens, its escapes, its UTF-8. Nothing here knows what an interaction is. */
package dev.historics.archive.json;
