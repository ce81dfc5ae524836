package dev.historics.cli.filter;

import dev.historics.archive.Stripping;
import dev.historics.archive.intake.ImportInput;
import dev.historics.filter.Definition;
import dev.historics.filter.RequiredLiterals;
import dev.historics.filter.Target;
import dev.historics.filter.text.Folding;
import dev.historics.filter.text.LiteralSearch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rules over lines, each of which is or describes an interaction.
 *
 * @param rules at least one, each with a filter
 * @param manner which lines are wanted
 * @param stripping what rules see of texts
 * @param interactions makes interactions of lines, for one thread
 * @param verbatim whether the values of a target stand in the lines as rules see them
 */
public record Filtering(
    List<Definition> rules,
    Manner manner,
    Stripping stripping,
    Supplier<Interactions> interactions,
    Predicate<Target> verbatim) {
  public Filtering {
    rules = List.copyOf(rules);
  }

  /** Which lines are wanted, and which have to be read for it. */
  public enum Manner {
    /**
     * What some rule matches. A line without any of the literals that a match needs is passed over
     * unread, be it an interaction or not.
     */
    QUICK,
    /** What some rule matches; every line is read. */
    STRICT,
    /** What no rule matches. */
    INVERTED,
    /** All, with reasons. */
    EXPLAINED
  }

  /**
   * Something to read.
   *
   * @param isReady whether reading on would not have to wait
   */
  public record Source(ImportInput input, BooleanSupplier isReady) {}

  /**
   * How it went.
   *
   * @param complete whether all lines that were read are interactions, and all inputs could be read
   * @param someInteraction whether some line mentions an {@code interaction} at all; true if there
   *     was no line
   */
  public record Outcome(boolean complete, boolean someInteraction) {}

  /**
   * Looks at some inputs, one after the other.
   *
   * @param threads how many work at once, besides the caller
   * @param foundMax ends it
   * @param warn takes a message for each line or input that could not be read, of many lines the
   *     first
   * @throws IOException if the outlet cannot be written, or memory does not suffice for a line
   */
  public Outcome run(
      Stream<Source> sources, int threads, long foundMax, Outlet outlet, Consumer<String> warn)
      throws IOException {
    Run run = new Run(outlet, new Warnings(warn), foundMax);
    try (Pipeline pipeline = new Pipeline(this::sieve, threads, run)) {
      for (Source source : (Iterable<Source>) sources::iterator) {
        if (!pipeline.isEnough()) {
          run.read(source, pipeline);
        }
      }
      pipeline.handOverUntil(() -> false);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          "the memory does not suffice for the longest line; give more with HISTORICS_OPTS=-Xmx8g",
          e);
    }
    return run.end();
  }

  private Sieve sieve() {
    Interactions made = interactions.get();
    LineWalk all = new LineWalk(LineChoice.every(), made);
    return switch (manner) {
      case QUICK ->
          new MatchingSieve(
              rules, MatchingSieve.Wanted.MATCHED, new LineWalk(quick(), made), stripping);
      case STRICT -> new MatchingSieve(rules, MatchingSieve.Wanted.MATCHED, all, stripping);
      case INVERTED -> new MatchingSieve(rules, MatchingSieve.Wanted.UNMATCHED, all, stripping);
      case EXPLAINED -> new ExplainingSieve(rules, all, stripping);
    };
  }

  private LineChoice quick() {
    Optional<RequiredLiterals> literals = RequiredLiterals.of(rules, verbatim);
    return literals.map(LineChoice::holding).orElse(LineChoice.every());
  }

  /** One run, as far as it has come. */
  private static final class Run implements Pipeline.Receiver {
    private static final LiteralSearch INTERACTION =
        LiteralSearch.anywhere("\"interaction\"", Folding.CASELESS);

    private final Outlet outlet;
    private final Warnings warnings;
    private long left;
    private boolean anything;
    private boolean someInteraction;
    private BlockReader current;
    private long linesBefore;

    Run(Outlet outlet, Warnings warnings, long foundMax) {
      this.outlet = outlet;
      this.warnings = warnings;
      this.left = foundMax;
    }

    void read(Source source, Pipeline pipeline) throws IOException {
      String name = source.input().name();
      try (InputStream in = opened(source.input())) {
        BlockReader reader = new BlockReader(name, in, source.isReady());
        Optional<Block> block = next(reader);
        while (block.isPresent() && !pipeline.isEnough()) {
          pipeline.submit(reader, block.get());
          if (!source.isReady().getAsBoolean()) {
            pipeline.handOverUntil(source.isReady());
            outlet.flush();
          }
          block = next(reader);
        }
      }
    }

    private InputStream opened(ImportInput input) throws IOException {
      try {
        return input.openPlain();
      } catch (IOException e) {
        warnings.problem("%s cannot be read: %s".formatted(input.name(), e.getMessage()));
        return InputStream.nullInputStream();
      }
    }

    /** The next lines of an input; one that is damaged ends with the last whole line before. */
    private Optional<Block> next(BlockReader reader) {
      if (reader.isBroken()) {
        return Optional.empty();
      }
      try {
        return reader.next();
      } catch (IOException e) {
        warnings.problem(
            "%s: the input is cut or damaged: %s; the whole lines before it count"
                .formatted(reader.name(), e.getMessage()));
        return reader.rest();
      }
    }

    @Override
    public boolean take(BlockReader source, Block block, Sifted sifted) throws IOException {
      if (source != current) {
        current = source;
        linesBefore = 0;
      }
      anything = anything || !isBlank(block);
      someInteraction = someInteraction || INTERACTION.next(block.bytes(), 0, block.length()) >= 0;
      warnings.add(
          sifted.refused(),
          sifted.complaints().stream()
              .map(each -> place(block, each.place()) + ": " + each.reason())
              .toList());
      for (Hit hit : sifted.hits()) {
        if (left == 0) {
          return false;
        }
        outlet.take(
            new Outlet.Found(
                hit.record(), hit.rules(), hit.reasons(), () -> place(block, hit.place())));
        left--;
      }
      linesBefore += sifted.lines();
      return left > 0;
    }

    private static boolean isBlank(Block block) {
      int at = 0;
      while (at < block.length() && block.bytes()[at] <= ' ' && block.bytes()[at] > 0) {
        at++;
      }
      return at == block.length();
    }

    private Place place(Block block, int at) {
      return new Place(current.name(), linesBefore + Newlines.count(block.bytes(), 0, at) + 1);
    }

    Outcome end() throws IOException {
      outlet.end();
      warnings.end();
      return new Outcome(warnings.isEmpty(), someInteraction || !anything);
    }
  }
}
