package dev.historics.filter.syntax;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a rule adds to the interactions that it accepts. Namespaces are in lower case, outermost
 * first, and empty where none was written.
 */
public sealed interface TagStatement {
  /** Where the words before its braces stand. */
  Span span();

  /** The names between the dots after {@code tag}. */
  List<String> namespace();

  <R> R fold(Cases<R> cases);

  /** One answer per kind of statement. */
  interface Cases<R> {
    R label(Label label);

    R score(Score score);

    R imported(Import imported);
  }

  /** {@code tag.device "iPhone" { … }}: a label where the condition holds. */
  record Label(List<String> namespace, String label, Expr condition, Span span)
      implements TagStatement {
    public Label {
      namespace = List.copyOf(namespace);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.label(this);
    }
  }

  /** {@code tag.intent 1.5 { … }}: a number that is added up where the condition holds. */
  record Score(List<String> namespace, BigDecimal score, Expr condition, Span span)
      implements TagStatement {
    public Score {
      namespace = List.copyOf(namespace);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.score(this);
    }
  }

  /** {@code tags.ns "hash"}: the tag statements of another rule, under a namespace. */
  record Import(List<String> namespace, Expr.Name hash, Span span) implements TagStatement {
    public Import {
      namespace = List.copyOf(namespace);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.imported(this);
    }
  }
}
