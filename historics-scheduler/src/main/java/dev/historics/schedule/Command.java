package dev.historics.schedule;

/** What the core wants done in the world. Asking for the same again does no harm. */
sealed interface Command {
  <X extends Exception> void carryOut(Hands<X> hands) throws X;

  /** Carries out each kind of command; fails with {@code X}. */
  interface Hands<X extends Exception> {
    void start(JobPlan plan) throws X;

    void kill(JobId job) throws X;

    /** The query has come to its end: its results are to be put together. */
    void closeBooks(QueryId query) throws X;

    /** The query was deleted and nothing of it runs: its results are to go. */
    void erase(QueryId query) throws X;
  }

  record Start(JobPlan plan) implements Command {
    @Override
    public <X extends Exception> void carryOut(Hands<X> hands) throws X {
      hands.start(plan);
    }
  }

  record Kill(JobId job) implements Command {
    @Override
    public <X extends Exception> void carryOut(Hands<X> hands) throws X {
      hands.kill(job);
    }
  }

  record CloseBooks(QueryId query) implements Command {
    @Override
    public <X extends Exception> void carryOut(Hands<X> hands) throws X {
      hands.closeBooks(query);
    }
  }

  record Erase(QueryId query) implements Command {
    @Override
    public <X extends Exception> void carryOut(Hands<X> hands) throws X {
      hands.erase(query);
    }
  }
}
