package dev.historics.cli.filter;

import java.util.ArrayList;
import java.util.List;

/** What came out of a block. Filled by one thread, read by another afterwards. */
final class Sifted {
  /** Of a block full of rubbish only the first lines are told. */
  private static final int COMPLAINTS_MAX = 20;

  private final List<Hit> hits = new ArrayList<>();
  private final List<Complaint> complaints = new ArrayList<>();
  private long refused;
  private int lines;

  /**
   * A line that could not be read.
   *
   * @param place where it starts in the block
   */
  record Complaint(int place, String reason) {}

  void add(Hit hit) {
    hits.add(hit);
  }

  void refuse(int place, String reason) {
    refused++;
    if (complaints.size() < COMPLAINTS_MAX) {
      complaints.add(new Complaint(place, reason));
    }
  }

  void lines(int count) {
    lines = count;
  }

  List<Hit> hits() {
    return hits;
  }

  /** The first of those that were refused. */
  List<Complaint> complaints() {
    return complaints;
  }

  /** How many lines could not be read. */
  long refused() {
    return refused;
  }

  /** How many line ends the block has. */
  int lines() {
    return lines;
  }
}
