package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.historics.schedule.Child.Point;
import dev.historics.schedule.store.DefinitionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one state, some of which are killed. */
@Timeout(180)
class ProcessesTest {
  @TempDir Path folder;

  /** Where the state of a folder lies: in a file of it, unless a test says otherwise. */
  void place(Path folder) throws IOException {
    assertThat(folder).isDirectory();
  }

  @BeforeEach
  void placeState() throws IOException {
    place(folder);
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("log"));
  }

  private void assertAllIsWell(int queries, int chunks) throws IOException {
    List<String> log = log();
    assertThat(log).allMatch(line -> line.startsWith("scanned "));
    assertThat(log).doesNotHaveDuplicates().hasSize(chunks);
    try (Scheduling scheduling = new Office(folder, SchedulerSettings.DEFAULTS).open()) {
      assertThat(scheduling.idle()).isTrue();
      List<QueryView> all = scheduling.queries();
      assertThat(all).hasSize(queries);
      for (QueryView query : all) {
        assertThat(query.status()).isEqualTo(QueryStatus.SUCCEEDED);
        assertThat(query.read()).isEqualTo(10L * query.chunks().size());
        List<ChunkId> days =
            query.chunks().stream().map(chunk -> new ChunkId(query.id(), chunk.day())).toList();
        assertThat(folder.resolve("books").resolve(query.id().value())).hasContent(days.toString());
      }
    }
  }

  private static void submitSome(Office office) throws IOException {
    long[] next = {1};
    try (Scheduling scheduling = office.open(() -> Requests.id(next[0]++))) {
      scheduling.submit(Requests.request("ann", 0, 6));
      scheduling.submit(Requests.request("bob", 0, 3));
      scheduling.submit(Requests.request("cid", 2, 5));
    }
  }

  /** With tickets, a chunk that comes back is the first to go again: nobody can tell the kills. */
  @Test
  void a_dispatcher_killed_at_any_point_loses_nothing_doubles_nothing_and_keeps_the_order(
      @TempDir Path calm) throws Exception {
    place(calm);
    submitSome(new Office(calm, SchedulerSettings.DEFAULTS.withPolicy(Policy.TICKETS)));
    assertThat(Child.start(Policy.TICKETS, calm, "run", Point.NEVER.name(), "1").waitFor())
        .isZero();

    killAtEveryPoint(Policy.TICKETS);

    assertThat(log()).containsExactlyElementsOf(Files.readAllLines(calm.resolve("log")));
  }

  /** Not in the same order as in calm: what somebody is ahead of others fades with time. */
  @Test
  void a_fair_dispatcher_killed_at_any_point_loses_nothing_and_doubles_nothing() throws Exception {
    killAtEveryPoint(Policy.FAIR);
  }

  private void killAtEveryPoint(Policy policy) throws Exception {
    submitSome(new Office(folder, SchedulerSettings.DEFAULTS.withPolicy(policy)));
    for (Point point : Point.values()) {
      if (point != Point.NEVER) {
        assertThat(Child.start(policy, folder, "run", point.name(), "1").waitFor())
            .as(point.name())
            .isEqualTo(Child.KILLED);
      }
    }
    assertThat(Child.start(policy, folder, "run", Point.NEVER.name(), "1").waitFor()).isZero();
    assertAllIsWell(3, 14);
  }

  @Test
  void processes_that_submit_and_dispatch_at_once_double_and_lose_nothing() throws Exception {
    List<Process> children = new ArrayList<>();
    for (String user : List.of("ann", "bob")) {
      children.add(Child.start(folder, "submit", user, "15"));
      children.add(Child.start(folder, "run", Point.NEVER.name(), "1"));
    }
    for (Process child : children) {
      assertThat(child.waitFor()).isZero();
    }
    assertThat(Child.start(folder, "run", Point.NEVER.name(), "1").waitFor()).isZero();

    assertAllIsWell(30, 60);
  }

  @Test
  void a_dispatcher_killed_from_outside_is_followed_by_the_one_that_waits() throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS.withRidersMax(0));
    try (Scheduling scheduling = office.open()) {
      scheduling.submit(Requests.request("ann", 0, 300));
    }
    Process first = Child.start(folder, "run", Point.NEVER.name(), "1");
    try (BufferedReader words = first.inputReader()) {
      assertThat(words.readLine()).isEqualTo("published");
      Process second = Child.start(folder, "run", Point.NEVER.name(), "1");
      first.destroyForcibly().waitFor();
      assertThat(second.waitFor()).isZero();
    }

    assertAllIsWell(1, 300);
  }

  @Test
  void a_dispatcher_starts_nothing_while_another_process_leads() throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    try (Scheduling scheduling = office.open()) {
      scheduling.submit(Requests.request("ann", 0, 1));
      StateStore.Lead lead = scheduling.desk().tryLead().orElseThrow();
      Process other = Child.start(folder, "run", Point.NEVER.name(), "1");
      try (BufferedReader words = other.inputReader()) {
        assertThat(words.readLine()).isEqualTo("another process dispatches on this state");

        lead.close();

        assertThat(words.readLine()).isEqualTo("published");
        assertThat(other.waitFor()).isZero();
      }
    }

    assertAllIsWell(1, 1);
  }

  @Test
  void two_facades_in_two_threads_number_their_queries_without_gaps() throws Exception {
    Office office = new Office(folder, SchedulerSettings.DEFAULTS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (String user : List.of("ann", "bob")) {
        all.add(
            threads.submit(
                () -> {
                  try (Scheduling scheduling = office.open()) {
                    for (int i = 0; i < 20; i++) {
                      QueryId id = scheduling.submit(Requests.request(user, i, 2)).id();
                      scheduling.pause(id);
                      scheduling.resume(id);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    try (StateStore store = office.store();
        StateStore.Session session = store.read()) {
      assertThat(session.all())
          .extracting(query -> query.head().number())
          .containsExactlyElementsOf(
              java.util.stream.LongStream.rangeClosed(1, 40).boxed().toList());
      assertThat(session.sequence()).isEqualTo(120);
    }
  }

  @Test
  void processes_that_define_the_same_at_once_agree_on_who_was_first() throws Exception {
    List<String> authors = List.of("ann", "bob", "cid");
    List<Process> children = new ArrayList<>();
    for (String author : authors) {
      children.add(Child.start(folder, "define", author, "40"));
    }
    List<List<String>> said = new ArrayList<>();
    for (Process child : children) {
      try (BufferedReader words = child.inputReader()) {
        said.add(words.lines().toList());
      }
      assertThat(child.waitFor()).isZero();
    }

    try (DefinitionStore store = new Office(folder, SchedulerSettings.DEFAULTS).definitions()) {
      for (int i = 0; i < 40; i++) {
        String hash = "%032x".formatted(i);
        String first = store.text(hash).orElseThrow();
        for (int author = 0; author < authors.size(); author++) {
          assertThat(said.get(author).get(i))
              .isEqualTo(hash + " " + authors.get(author).equals(first));
        }
      }
    }
  }
}
