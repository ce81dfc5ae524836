package dev.historics.schedule;

import java.time.Instant;
import java.util.Locale;

/** What can be asked of a query that was submitted. */
enum Ask {
  PAUSE {
    @Override
    boolean makesSense(Query query) {
      return switch (query.head().status()) {
        case INIT, QUEUED, SUBMITTED, RUNNING -> someWait(query) || someRun(query);
        case PAUSING, PAUSED, STOPPING, STOPPED, SUCCEEDED, DELAYED, FAILED -> false;
      };
    }

    @Override
    Event event(Instant at, Query query) {
      return new Event.Paused(at, query.id());
    }
  },

  RESUME {
    @Override
    boolean makesSense(Query query) {
      return switch (query.head().status()) {
        case PAUSING, PAUSED, DELAYED -> true;
        case RUNNING, QUEUED -> some(query, QueryStatus.DELAYED);
        case INIT, SUBMITTED, STOPPING, STOPPED, SUCCEEDED, FAILED -> false;
      };
    }

    @Override
    Event event(Instant at, Query query) {
      return new Event.Resumed(at, query.id());
    }
  },

  STOP {
    @Override
    boolean makesSense(Query query) {
      return switch (query.head().status()) {
        case INIT, QUEUED, SUBMITTED, RUNNING, PAUSING, PAUSED ->
            someWait(query) || someRun(query) || some(query, QueryStatus.DELAYED);
        case DELAYED -> true;
        case STOPPING, STOPPED, SUCCEEDED, FAILED -> false;
      };
    }

    @Override
    Event event(Instant at, Query query) {
      return new Event.Stopped(at, query.id());
    }
  },

  DELETE {
    @Override
    boolean makesSense(Query query) {
      return query.head().wish() != Wish.DELETE;
    }

    @Override
    Event event(Instant at, Query query) {
      return new Event.Deleted(at, query);
    }
  };

  abstract boolean makesSense(Query query);

  abstract Event event(Instant at, Query query);

  void check(Query query) throws NotPossibleException {
    if (!makesSense(query)) {
      throw new NotPossibleException(
          "query %s cannot be %s: it %s".formatted(query.id(), participle(), stands(query)));
    }
  }

  private String participle() {
    return switch (this) {
      case PAUSE -> "paused";
      case RESUME -> "resumed";
      case STOP -> "stopped";
      case DELETE -> "deleted";
    };
  }

  private static String stands(Query query) {
    if (query.head().wish() == Wish.DELETE) {
      return "is being deleted";
    }
    QueryStatus status = query.head().status();
    return switch (status) {
      case PAUSED, STOPPED, SUCCEEDED, FAILED ->
          "has already " + (status == QueryStatus.PAUSED ? "been paused" : ended(status));
      case PAUSING, STOPPING -> "is already " + status.name().toLowerCase(Locale.ROOT);
      case INIT, QUEUED, SUBMITTED, RUNNING, DELAYED ->
          someWait(query) || someRun(query) || some(query, QueryStatus.DELAYED)
              ? "is " + status.name().toLowerCase(Locale.ROOT)
              : "has run to its end and its results are being put together";
    };
  }

  private static String ended(QueryStatus status) {
    return status == QueryStatus.STOPPED ? "been stopped" : status.name().toLowerCase(Locale.ROOT);
  }

  private static boolean someWait(Query query) {
    return some(query, QueryStatus.QUEUED);
  }

  private static boolean someRun(Query query) {
    return some(query, QueryStatus.RUNNING);
  }

  private static boolean some(Query query, QueryStatus status) {
    return query.chunks().stream().anyMatch(chunk -> chunk.status() == status);
  }
}
