package dev.historics.filter;

import java.util.stream.Stream;

/** The single conditions of a filter, in the order in which they were written. */
final class Leaves implements Condition.Cases<Stream<Condition.Holds>> {
  @Override
  public Stream<Condition.Holds> any(Condition.Any any) {
    return any.terms().stream().flatMap(term -> term.fold(this));
  }

  @Override
  public Stream<Condition.Holds> all(Condition.All all) {
    return all.terms().stream().flatMap(term -> term.fold(this));
  }

  @Override
  public Stream<Condition.Holds> not(Condition.Not not) {
    return not.term().fold(this);
  }

  @Override
  public Stream<Condition.Holds> named(Condition.Named named) {
    return named.filter().fold(this);
  }

  @Override
  public Stream<Condition.Holds> holds(Condition.Holds holds) {
    return Stream.of(holds);
  }
}
