package dev.historics.schedule.simulation;

import dev.historics.schedule.QueryRequest;
import dev.historics.schedule.Volume;
import java.util.List;

/**
 * A query of a workload.
 *
 * @param at when it is submitted, in milliseconds after the workload begins
 * @param volumes what is to be read of each day it touches, in order
 */
public record Submission(long at, QueryRequest request, List<Volume> volumes) {
  public Submission {
    volumes = List.copyOf(volumes);
    if (at < 0) {
      throw new IllegalArgumentException("a submission needs a time from 0 on, got " + at);
    }
    if (volumes.isEmpty()) {
      throw new IllegalArgumentException("a submission needs at least one day");
    }
  }
}
