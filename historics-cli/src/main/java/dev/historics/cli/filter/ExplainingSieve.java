package dev.historics.cli.filter;

import dev.historics.archive.Stripping;
import dev.historics.filter.Definition;
import dev.historics.filter.Explainer;
import dev.historics.filter.Explanation;
import dev.historics.jobs.InteractionBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Keeps every interaction, with what each rule says about it. */
final class ExplainingSieve implements Sieve {
  private final LineWalk lines;
  private final List<Judge> judges;

  /** One rule, and the columns that it reads. */
  private record Judge(Explainer explainer, InteractionBatch batch) {}

  ExplainingSieve(List<Definition> rules, LineWalk lines, Stripping stripping) {
    this.lines = lines;
    this.judges =
        rules.stream()
            .map(Explainer::new)
            .map(
                explainer ->
                    new Judge(explainer, new InteractionBatch(explainer.targets(), stripping)))
            .toList();
  }

  @Override
  public Sifted sift(Block block) {
    Sifted sifted = new Sifted();
    lines.walk(
        block,
        sifted,
        (place, line, interaction) -> {
          List<Explanation> reasons = new ArrayList<>();
          BitSet matched = new BitSet();
          for (Judge judge : judges) {
            judge.batch().clear();
            if (!judge
                .batch()
                .add(interaction.bytes(), interaction.offset(), interaction.length())) {
              return false;
            }
            Explanation reason = judge.explainer().explain(judge.batch(), 0);
            matched.set(reasons.size(), reason.holds());
            reasons.add(reason);
          }
          sifted.add(new Hit(place, interaction, matched, reasons));
          return true;
        });
    return sifted;
  }
}
