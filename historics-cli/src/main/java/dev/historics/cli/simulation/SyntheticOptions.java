package dev.historics.cli.simulation;

import dev.historics.cli.session.CliException;
import dev.historics.schedule.simulation.ArchiveShape;
import dev.historics.schedule.simulation.ClusterModel;
import dev.historics.schedule.simulation.Demand;
import dev.historics.schedule.simulation.Synthetic;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which made-up workload, and what is to be different in it. */
final class SyntheticOptions {
  /** Workloads with a name. */
  enum Kind {
    LIGHT,
    NORMAL,
    OVERLOAD,
    PETABYTE;

    /** All of them, as they are written. */
    static String names() {
      return Arrays.stream(values()).map(Kind::toString).collect(Collectors.joining(", "));
    }

    private Synthetic workload() {
      return switch (this) {
        case LIGHT -> Synthetic.LIGHT;
        case NORMAL -> Synthetic.NORMAL;
        case OVERLOAD -> Synthetic.OVERLOAD;
        case PETABYTE -> Synthetic.PETABYTE;
      };
    }

    /** From the word that is written. */
    static final class Reader implements ITypeConverter<Kind> {
      @Override
      public Kind convert(String text) {
        for (Kind kind : values()) {
          if (kind.toString().equalsIgnoreCase(text)) {
            return kind;
          }
        }
        throw new TypeConversionException("expected one of %s, got '%s'".formatted(names(), text));
      }
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--users", paramLabel = "N", description = "made up: how many users there are")
  Integer users;

  @Option(
      names = "--skew",
      paramLabel = "X",
      description = "made up: how unequal they are; 0 is equal, 1.1 usual")
  Double skew;

  @Option(
      names = "--load",
      paramLabel = "X",
      description = "made up: the work over what the cluster can do without sharing")
  Double load;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "made up: over how many chunks' time queries come")
  Double length;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "made up: how many days the archive holds")
  Integer days;

  @Option(
      names = "--recency",
      paramLabel = "DAYS",
      description = "made up: how old the days asked for are on average; small is hot recent days")
  Double recency;

  @Option(
      names = "--dumps",
      paramLabel = "N",
      description = "made up: how many queries of the whole archive one user adds at once")
  Integer dumps;

  @Option(
      names = "--burst",
      paramLabel = "X",
      description = "made up: how many times the usual rate queries come at a tenth of the time")
  Double burst;

  Synthetic workload(Kind kind, ClusterOptions cluster) throws CliException {
    Synthetic usual = kind.workload();
    ArchiveShape archive = usual.archive();
    Demand demand = usual.demand();
    try {
      ClusterModel model = cluster.over(usual.cluster());
      return new Synthetic(
          model,
          new ArchiveShape(
              or(days, archive.days()),
              archive.bytesPerDay(),
              archive.spread(),
              or(recency, archive.recency())),
          new Demand(
              or(users, demand.users()),
              or(skew, demand.skew()),
              or(load, demand.load()),
              or(length, demand.length()),
              or(dumps, demand.dumps()),
              or(burst, demand.burst())));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage(), "see 'historics simulate --help'");
    }
  }

  boolean none() {
    return users == null
        && skew == null
        && load == null
        && length == null
        && days == null
        && recency == null
        && dumps == null
        && burst == null;
  }

  static <T> T or(T given, T usual) {
    return given == null ? usual : given;
  }
}
