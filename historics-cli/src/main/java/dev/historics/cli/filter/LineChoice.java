package dev.historics.cli.filter;

import dev.historics.filter.RequiredLiterals;

/** Which lines of a block have to be read. Immutable. */
@FunctionalInterface
interface LineChoice {
  Lines in(Block block);

  /** A walk through a block. */
  @FunctionalInterface
  interface Lines {
    /**
     * The start of the next line to read.
     *
     * @param from the start of a line, behind those that were given
     * @return -1 if there is none
     */
    int next(int from);
  }

  /** All of them. */
  static LineChoice every() {
    return block -> from -> from < block.length() ? from : -1;
  }

  /** Those that hold one of the literals. */
  static LineChoice holding(RequiredLiterals literals) {
    return block -> {
      RequiredLiterals.Search search = literals.search(block.bytes(), 0, block.length());
      return from -> {
        int at = search.next(from);
        while (at > from && block.bytes()[at - 1] != '\n') {
          at--;
        }
        return at;
      };
    };
  }
}
