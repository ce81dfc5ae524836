package dev.historics.schedule;

import dev.historics.schedule.store.DefinitionStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Another process on the same state, which may die at a named point. */
public final class Child {
  /** The moments at which a dispatching process may die. */
  enum Point {
    NEVER,
    BEFORE_START,
    HALF_PUBLISHED,
    PUBLISHED,
    BEFORE_CLOSE,
    CLOSED
  }

  static final int KILLED = 137;

  private Child() {}

  /** Starts one; its words come on its standard output. */
  static Process start(Path folder, String... arguments) throws IOException {
    return start(Policy.FAIR, folder, arguments);
  }

  /** Starts one with another policy than usual. */
  static Process start(Policy policy, Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dpolicy=" + policy);
    String logging = System.getProperty("java.util.logging.config.file");
    if (logging != null) {
      command.add("-Djava.util.logging.config.file=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Policy policy = Policy.named(System.getProperty("policy", Policy.FAIR.toString()));
    Office office = new Office(folder, SchedulerSettings.DEFAULTS.withPolicy(policy));
    switch (arguments[1]) {
      case "submit" -> submit(office, arguments[2], Integer.parseInt(arguments[3]));
      case "run" ->
          run(office, folder, Point.valueOf(arguments[2]), Integer.parseInt(arguments[3]));
      case "define" -> define(office, arguments[2], Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException("submit, run or define, got " + arguments[1]);
    }
  }

  private static void submit(Office office, String user, int queries) throws IOException {
    SplittableRandom random = new SplittableRandom(user.hashCode());
    try (Scheduling scheduling = office.open(() -> Requests.id(random.nextLong()))) {
      for (int i = 0; i < queries; i++) {
        scheduling.submit(Requests.request(user, i % 7, 2));
      }
    }
  }

  /** Says of each definition whether it is new. */
  private static void define(Office office, String author, int definitions) throws IOException {
    for (int i = 0; i < definitions; i++) {
      try (DefinitionStore store = office.definitions()) {
        String hash = "%032x".formatted(i);
        System.out.println(hash + " " + store.put(hash, author, office.clock.instant()));
      }
    }
  }

  private static void run(Office office, Path folder, Point point, int nth) throws IOException {
    try (Scheduling scheduling = office.open()) {
      DiskCluster cluster = new DiskCluster(folder, point, nth);
      DispatchListener listener =
          new DispatchListener() {
            @Override
            public void waiting(String reason) {
              System.out.println(reason);
            }
          };
      new Dispatcher(scheduling, cluster, cluster, office.clock, listener).run(Until.IDLE);
    }
  }

  /** Publishes each chunk as a file, and notices when one is published twice. */
  static final class DiskCluster implements Cluster, ResultBooks {
    private final Path folder;
    private final Point point;
    private int left;

    DiskCluster(Path folder, Point point, int nth) throws IOException {
      this.folder = folder;
      this.point = point;
      this.left = nth;
      Files.createDirectories(folder.resolve("chunks"));
      Files.createDirectories(folder.resolve("books"));
    }

    private void reach(Point now) {
      if (now == point && --left == 0) {
        Runtime.getRuntime().halt(KILLED);
      }
    }

    private Path file(ChunkId chunk) {
      return folder.resolve("chunks").resolve(chunk.query() + "_" + chunk.day());
    }

    @Override
    public void start(JobPlan plan, JobListener listener) {
      reach(Point.BEFORE_START);
      List<ChunkOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < plan.chunks().size(); i++) {
        if (i == plan.chunks().size() / 2) {
          reach(Point.HALF_PUBLISHED);
        }
        publish(plan.chunks().get(i).id());
        outcomes.add(World.done(plan.chunks().get(i)));
      }
      reach(Point.PUBLISHED);
      listener.finished(plan.id(), outcomes);
    }

    private void publish(ChunkId chunk) {
      try {
        Files.createFile(file(chunk));
        log("scanned " + chunk);
      } catch (FileAlreadyExistsException e) {
        log("doubled " + chunk);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      System.out.println("published");
    }

    private void log(String line) {
      try {
        Files.writeString(
            folder.resolve("log"),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void kill(JobId job) {
      // Its jobs are over as soon as they are started.
    }

    @Override
    public List<ChunkOutcome> recover(JobPlan plan) {
      return plan.chunks().stream()
          .filter(work -> Files.exists(file(work.id())))
          .map(World::done)
          .toList();
    }

    @Override
    public void close(QueryView query, List<ChunkId> done) throws IOException {
      reach(Point.BEFORE_CLOSE);
      Files.writeString(folder.resolve("books").resolve(query.id().value()), done.toString());
      reach(Point.CLOSED);
    }

    @Override
    public void delete(QueryId query) throws IOException {
      Files.deleteIfExists(folder.resolve("books").resolve(query.value()));
    }
  }
}
