package dev.historics.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.historics.archive.SourceDay;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.filter.ReferenceInterpreter;
import dev.historics.schedule.ChunkOutcome;
import dev.historics.schedule.ChunkWork;
import dev.historics.schedule.JobPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each case of the language's tables is answered by a replay: all of them ride on one job. */
class CasesReplayTest {
  private static final String SOURCE = "cases";

  /** Half a surrogate pair has no UTF-8: it can only be written as an escape. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @TempDir private Path home;

  /** A rule, a record and whether the one accepts the other. */
  private record Case(String id, String rule, String record, boolean accepted) {
    static Case parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(
          fields[0], fields[1].replace('␊', '\n'), fields[2], Boolean.parseBoolean(fields[3]));
    }

    /** A replay computes the sample from the id, whatever a record says. */
    boolean asksForSample() {
      return rule.contains("interaction.sample");
    }
  }

  @Test
  void the_table_of_this_project_holds_for_landing_and_sealed_days() throws IOException {
    try (InputStream table = ReferenceInterpreter.class.getResourceAsStream("cases.tsv")) {
      assertHold(new String(table.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void the_shared_table_holds_for_landing_and_sealed_days() throws IOException {
    Path table = Path.of("../../shared/reference/examples/csdl-cases.tsv");
    assumeThat(table).exists();
    assertHold(Files.readString(table));
  }

  private void assertHold(String table) throws IOException {
    List<Case> cases =
        table.lines().skip(1).map(Case::parse).filter(each -> !each.asksForSample()).toList();
    try (ReplayWorld world = new ReplayWorld(home, List.of(SourceMapping.datasift(SOURCE)))) {
      List<String> records = new ArrayList<>();
      for (Case each : cases) {
        records.add(identified(each));
      }
      world.load(SOURCE, records);
      assertThat(wrong(world, cases, 1)).isEmpty();

      world.seal(new SourceDay(SOURCE, ReplayWorld.DAY), 1 << 20);
      assertThat(wrong(world, cases, 2)).isEmpty();
    }
  }

  /** The record as an archive can hold it: with an id and a time. */
  private static String identified(Case each) throws IOException {
    ObjectNode record = (ObjectNode) JSON.readTree(each.record());
    ObjectNode interaction = record.withObject("/interaction");
    if (!interaction.hasNonNull("id")) {
      interaction.put("id", each.id());
    }
    interaction.put("created_at", "Sat, 05 Aug 2017 10:30:00 +0000");
    return JSON.writeValueAsString(record);
  }

  /** The cases that a job answers in another way than the table. */
  private static Map<String, String> wrong(ReplayWorld world, List<Case> cases, int job)
      throws IOException {
    List<ChunkWork> riders = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      riders.add(ReplayWorld.work(job * 1000 + i, cases.get(i).rule(), SOURCE));
    }
    JobPlan plan = ReplayWorld.plan(job, riders.toArray(new ChunkWork[0]));
    assertThat(world.run(plan)).hasOnlyElementsOfType(ChunkOutcome.Done.class);
    Map<String, String> wrong = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      String id = JSON.readTree(identified(cases.get(i))).at("/interaction/id").asText();
      boolean accepted =
          world.delivered(riders.get(i).id()).stream().anyMatch(line -> id.equals(id(line)));
      if (accepted != cases.get(i).accepted()) {
        wrong.put(cases.get(i).id(), cases.get(i).rule() + " on " + cases.get(i).record());
      }
    }
    return wrong;
  }

  private static String id(String line) {
    try {
      return JSON.readTree(line).at("/interaction/id").asText();
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
