/**
 * Areas on the earth, and whether a point lies in one. Degrees of latitude are north, degrees of
 * longitude east; lines between points are straight in degrees, as on a plain map. Start with
 * {@link dev.historics.filter.geo.Shape}.
 */
package dev.historics.filter.geo;
