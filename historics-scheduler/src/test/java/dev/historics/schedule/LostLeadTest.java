package dev.historics.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dispatcher whose store goes away while jobs run. */
@Timeout(60)
class LostLeadTest {
  @TempDir Path folder;
  private Office office;
  private BreakableStore store;
  private Scheduling scheduling;
  private Dispatcher dispatcher;
  private Future<Void> run;
  private final FakeCluster cluster = FakeCluster.held();
  private final LinkedBlockingQueue<String> reasons = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** A store that cannot be reached for as long as the test wants. */
  private static final class BreakableStore implements StateStore {
    private final StateStore reached;
    private Optional<Lead> lead = Optional.empty();
    private boolean away;

    private BreakableStore(StateStore reached) {
      this.reached = reached;
    }

    /** From now on the lead is anybody's. */
    private synchronized void away() throws IOException {
      away = true;
      lead.orElseThrow().close();
    }

    private synchronized void back() {
      away = false;
    }

    private synchronized void requireReached() throws StateUnavailableException {
      if (away) {
        throw new StateUnavailableException("the state is away");
      }
    }

    @Override
    public Session write() throws IOException {
      requireReached();
      return reached.write();
    }

    @Override
    public Session read() throws IOException {
      requireReached();
      return reached.read();
    }

    @Override
    public synchronized Optional<Lead> tryLead() throws IOException {
      requireReached();
      lead = reached.tryLead();
      return lead;
    }

    @Override
    public boolean led() throws IOException {
      requireReached();
      return reached.led();
    }

    @Override
    public void close() throws IOException {
      reached.close();
    }
  }

  @BeforeEach
  void lead() throws Exception {
    office = new Office(folder, SchedulerSettings.DEFAULTS);
    store = new BreakableStore(office.store());
    long[] next = {1};
    scheduling = office.open(store, () -> Requests.id(next[0]++));
    scheduling.submit(Requests.request("ann", 0, 2));
    DispatchListener listener =
        new DispatchListener() {
          @Override
          public void waiting(String reason) {
            reasons.add(reason);
          }
        };
    dispatcher = new Dispatcher(scheduling, cluster, new FakeBooks(), office.clock, listener);
    run =
        threads.submit(
            (Callable<Void>)
                () -> {
                  dispatcher.run(Until.INTERRUPTED);
                  return null;
                });
  }

  @AfterEach
  void close() throws Exception {
    dispatcher.interrupt();
    run.get(20, TimeUnit.SECONDS);
    threads.shutdownNow();
    scheduling.close();
  }

  private void awaitAway() throws InterruptedException {
    assertThat(reasons.poll(20, TimeUnit.SECONDS)).isEqualTo("the state is away");
  }

  @Test
  void jobs_go_on_and_count_when_the_store_comes_back_and_nobody_else_has_led() throws Exception {
    JobPlan first = cluster.started();
    store.away();
    awaitAway();
    cluster.finish(first);

    store.back();

    JobPlan second = cluster.started();
    assertThat(second.day()).isAfter(first.day());
    assertThat(cluster.recovered).isEmpty();
    cluster.finish(second);
  }

  @Test
  void jobs_are_killed_and_taken_up_anew_when_another_dispatcher_has_led_meanwhile()
      throws Exception {
    JobPlan first = cluster.started();
    store.away();
    awaitAway();
    try (StateStore other = office.store()) {
      other.tryLead().orElseThrow().close();
    }

    store.back();

    JobPlan again = cluster.started();
    assertThat(again.day()).isEqualTo(first.day());
    assertThat(cluster.recovered).containsExactly(first.id());
    cluster.finish(again);
    cluster.finish(cluster.started());
  }
}
