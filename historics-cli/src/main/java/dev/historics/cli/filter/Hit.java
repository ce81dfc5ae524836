package dev.historics.cli.filter;

import dev.historics.filter.Explanation;
import java.util.BitSet;
import java.util.List;

/**
 * A line that is wanted.
 *
 * @param place where it starts in its block
 * @param record what to print
 * @param rules the places of the rules that matched it; not to be changed
 * @param reasons what each rule says about it, if that was asked for
 */
record Hit(int place, Slice record, BitSet rules, List<Explanation> reasons) {
  Hit {
    reasons = List.copyOf(reasons);
  }
}
