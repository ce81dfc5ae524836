package dev.historics.cli.filter;

import dev.historics.archive.Stripping;
import dev.historics.filter.Definition;
import dev.historics.filter.Matcher;
import dev.historics.filter.Matches;
import dev.historics.filter.RuleSet;
import dev.historics.filter.Tags;
import dev.historics.jobs.InteractionBatch;
import dev.historics.jobs.TaggedInteraction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Keeps the interactions that some rule matches, or those that none does. */
final class MatchingSieve implements Sieve {
  private static final int ROWS_MAX = 2048;

  /** The columns of a batch shall not be much more than a block, even if few lines are huge. */
  private static final int BATCH_BYTES_MAX = 4 * BlockReader.BLOCK_BYTES;

  private static final Tags NO_TAGS = new Tags(List.of(), Map.of());

  private final List<Definition> rules;
  private final Wanted wanted;
  private final LineWalk lines;
  private final Matcher matcher;
  private final InteractionBatch batch;
  private final List<Row> rows = new ArrayList<>();
  private final BitSet onlyRule = BitSet.valueOf(new long[] {1});
  private long batchBytes;

  /** What is kept. */
  enum Wanted {
    /** What any rule matches. */
    MATCHED,
    /** What no rule matches. */
    UNMATCHED
  }

  /** A line of the batch. */
  private record Row(int place, Slice record) {}

  MatchingSieve(List<Definition> rules, Wanted wanted, LineWalk lines, Stripping stripping) {
    this.rules = rules;
    this.wanted = wanted;
    this.lines = lines;
    RuleSet set = RuleSet.of(rules);
    this.matcher = set.matcher();
    this.batch = new InteractionBatch(set.targets(), stripping);
  }

  @Override
  public Sifted sift(Block block) {
    Sifted sifted = new Sifted();
    lines.walk(
        block,
        sifted,
        (place, line, interaction) -> {
          boolean readable =
              batch.add(interaction.bytes(), interaction.offset(), interaction.length());
          rows.add(new Row(place, interaction));
          batchBytes += interaction.length();
          if (rows.size() == ROWS_MAX || batchBytes >= BATCH_BYTES_MAX) {
            match(sifted);
          }
          return readable;
        });
    match(sifted);
    return sifted;
  }

  private void match(Sifted sifted) {
    BitSet readable = new BitSet();
    readable.set(0, rows.size());
    readable.andNot(batch.unreadable());
    Matches found = matcher.match(batch, readable);
    List<BitSet> matches = IntStream.range(0, found.rules()).mapToObj(found::rows).toList();
    BitSet kept = new BitSet();
    matches.forEach(kept::or);
    if (wanted == Wanted.UNMATCHED) {
      readable.andNot(kept);
      kept = readable;
    }
    List<SortedMap<Integer, Tags>> tags = tags(matches);
    kept.stream().forEach(row -> keep(row, matches, tags, sifted));
    batch.clear();
    rows.clear();
    batchBytes = 0;
  }

  private List<SortedMap<Integer, Tags>> tags(List<BitSet> matches) {
    List<SortedMap<Integer, Tags>> tags = new ArrayList<>();
    for (int rule = 0; rule < rules.size(); rule++) {
      tags.add(
          rules.get(rule).hasTags()
              ? matcher.tags(batch, rule, matches.get(rule))
              : Collections.emptySortedMap());
    }
    return tags;
  }

  private void keep(
      int row, List<BitSet> matches, List<SortedMap<Integer, Tags>> tags, Sifted sifted) {
    Row kept = rows.get(row);
    BitSet matched = matched(row, matches);
    try {
      Slice record = kept.record();
      int tagging =
          matched.stream().filter(rule -> rules.get(rule).hasTags()).findFirst().orElse(-1);
      if (tagging >= 0) {
        record = tagged(record, tags.get(tagging).getOrDefault(row, NO_TAGS));
      }
      sifted.add(new Hit(kept.place(), record, matched, List.of()));
    } catch (IOException e) {
      sifted.refuse(kept.place(), "cannot be tagged: " + e.getMessage());
    }
  }

  private BitSet matched(int row, List<BitSet> matches) {
    if (matches.size() == 1 && wanted == Wanted.MATCHED) {
      return onlyRule;
    }
    BitSet matched = new BitSet(matches.size());
    for (int rule = 0; rule < matches.size(); rule++) {
      matched.set(rule, matches.get(rule).get(row));
    }
    return matched;
  }

  private static Slice tagged(Slice record, Tags tags) throws IOException {
    byte[] bytes = TaggedInteraction.of(record.bytes(), record.offset(), record.length(), tags);
    return new Slice(bytes, 0, bytes.length);
  }
}
