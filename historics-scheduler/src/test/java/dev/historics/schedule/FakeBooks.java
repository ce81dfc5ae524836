package dev.historics.schedule;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Books that remember what was written into them, and fail as often as told. */
final class FakeBooks implements ResultBooks {
  final Map<QueryId, List<ChunkId>> closed = new LinkedHashMap<>();
  final Map<QueryId, QueryStatus> endings = new LinkedHashMap<>();
  final List<QueryId> deleted = new ArrayList<>();
  private int failures;

  void fail(int times) {
    failures = times;
  }

  @Override
  public void close(QueryView query, List<ChunkId> done) throws IOException {
    maybeFail();
    closed.put(query.id(), done);
    endings.put(query.id(), query.status());
  }

  @Override
  public void delete(QueryId query) throws IOException {
    maybeFail();
    deleted.add(query);
  }

  private void maybeFail() throws IOException {
    if (failures > 0) {
      failures--;
      throw new IOException("results folder is read-only");
    }
  }
}
