package dev.historics.cli.query;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.ExitCode;
import dev.historics.schedule.QueryId;
import dev.historics.schedule.QueryView;
import dev.historics.schedule.Scheduling;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A query on the command line: its id, or the start of it that no other query shares. */
final class QueryArgument {
  private static final int PREFIX_MIN = 4;

  @Parameters(paramLabel = "ID", description = "the query's id, or at least its first 4 digits")
  String id;

  QueryId find(Scheduling scheduling) throws CliException, IOException {
    if (id.matches("[0-9a-f]{20}")) {
      return new QueryId(id);
    }
    if (!id.matches("[0-9a-f]{" + PREFIX_MIN + ",20}")) {
      throw notFound();
    }
    List<QueryId> found =
        scheduling.queries().stream()
            .map(QueryView::id)
            .filter(query -> query.value().startsWith(id))
            .toList();
    return switch (found.size()) {
      case 0 -> throw notFound();
      case 1 -> found.get(0);
      default ->
          throw CliException.usage(
              "'%s' could be any of %d queries".formatted(id, found.size()), "give more digits");
    };
  }

  QueryView view(Scheduling scheduling) throws CliException, IOException {
    return scheduling.find(find(scheduling)).orElseThrow(this::notFound);
  }

  /** What to say when there is no such query. */
  CliException notFound() {
    return new CliException(
        ExitCode.NOT_FOUND,
        "there is no query '%s'".formatted(id),
        "an id has 20 hex digits, of which the first %d or more do; 'historics status' lists the queries"
            .formatted(PREFIX_MIN));
  }
}
