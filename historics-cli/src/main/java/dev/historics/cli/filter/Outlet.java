package dev.historics.cli.filter;

import dev.historics.filter.Explanation;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/** Takes the lines that are wanted, in order. Used by one thread. */
public interface Outlet {
  /**
   * A line that is wanted.
   *
   * @param record what to print; its bytes are used again afterwards
   * @param rules the places of the rules that matched it
   * @param reasons what each rule says about it, if that was asked for
   * @param place where it stands; counted when asked for
   */
  record Found(Slice record, BitSet rules, List<Explanation> reasons, Supplier<Place> place) {}

  /** Takes one. */
  void take(Found found) throws IOException;

  /** Shows all that was taken so far: what comes next may have to be waited for. */
  void flush() throws IOException;

  /** There is no more. */
  void end() throws IOException;
}
