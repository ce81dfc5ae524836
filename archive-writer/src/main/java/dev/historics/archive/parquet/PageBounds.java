package dev.historics.archive.parquet;

import java.util.Comparator;
import org.apache.parquet.io.api.Binary;

/**
 * Two values between which all values of some pages lie, as Parquet's statistics hold them.
 *
 * @param least not above the least value
 * @param leastExact whether it is that value, and not only the start of it
 * @param greatest not below the greatest value
 * @param greatestExact whether it is that value, and not a shorter one above it
 */
record PageBounds(Binary least, boolean leastExact, Binary greatest, boolean greatestExact) {
  /** The bounds of both. */
  PageBounds with(PageBounds other, Comparator<Binary> order) {
    int low = order.compare(least, other.least);
    int high = order.compare(greatest, other.greatest);
    return new PageBounds(
        low <= 0 ? least : other.least,
        low < 0 ? leastExact : other.leastExact || (low == 0 && leastExact),
        high >= 0 ? greatest : other.greatest,
        high > 0 ? greatestExact : other.greatestExact || (high == 0 && greatestExact));
  }
}
