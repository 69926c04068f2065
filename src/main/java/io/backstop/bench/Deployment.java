package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.bench.BenchSettings.RequestEncoder;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.BearerToken;
import io.backstop.executor.http.VertxTransport;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import io.backstop.topology.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A deployment that keeps its topics, group and state from one start to the next, so that its
 * stores grow. Its instances share this process.
 */
final class Deployment implements AutoCloseable {

  /**
   * @param name of its own in the cluster
   * @param threads of each instance
   */
  record Shape(
      String name, int partitions, int instances, int threads, Map<String, String> settings) {}

  private final BenchCluster cluster;
  private final Shape shape;
  private final Targets targets;
  private final BenchSettings settings;
  private final List<TemporaryDirectory> states = new ArrayList<>();
  private int published;

  Deployment(BenchCluster cluster, Shape shape, Targets targets) {
    this.cluster = cluster;
    this.shape = shape;
    this.targets = targets;
    Map<String, String> all = new HashMap<>(shape.settings());
    all.put("backstop.kafka.application-id", "bench-" + shape.name() + "-" + UUID.randomUUID());
    this.settings =
        new BenchSettings(
            cluster,
            new BenchOptions(0, 0, shape.partitions(), shape.threads(), 0, all),
            shape.name() + ".");
    settings.createTopics();
    freshStates();
  }

  BenchSettings settings() {
    return settings;
  }

  String applicationId() {
    return settings.forOneRun(Path.of("unused")).kafka().applicationId();
  }

  String results() {
    return new Topics(settings.prefix()).results();
  }

  /** Requests that it has been given since it was made. */
  int published() {
    return published;
  }

  /** Directories of the instances' state. */
  List<Path> states() {
    return states.stream().map(TemporaryDirectory::path).toList();
  }

  /** Takes the instances' disks away: at their next start they restore from their changelogs. */
  void loseState() {
    states.forEach(TemporaryDirectory::close);
    states.clear();
    freshStates();
  }

  private void freshStates() {
    for (int instance = 0; instance < shape.instances(); instance++) {
      states.add(new TemporaryDirectory());
    }
  }

  /** Gives it requests that it has not had yet. */
  void publish(int count, Function<String, ActionRequest> request) {
    try (RequestEncoder requests = settings.new RequestEncoder()) {
      TopicFill.fill(
          cluster,
          new Topics(settings.prefix()).requests(),
          shape.partitions(),
          published,
          count,
          id -> requests.encode(request.apply(id)));
    }
    published += count;
  }

  /** Starts all instances at once, and returns when each has its share of the partitions. */
  Side.Running start() {
    List<ActionProcessor> processors = atOnce(states.stream(), this::instance);
    if (processors.size() > 1) {
      Waiting.until("every instance has its share", () -> isShared(processors));
    }
    // at once, so that nobody takes over from those that stop first
    return () ->
        atOnce(
            processors.stream(),
            each -> {
              each.close();
              return each;
            });
  }

  private ActionProcessor instance(TemporaryDirectory state) {
    BackstopConfig config = settings.forOneRun(state.path());
    Outside outside =
        new Outside(targets, BearerToken::of, new VertxTransport(), new SimpleMeterRegistry());
    return ActionProcessor.start(config, outside, Clock.systemUTC());
  }

  private boolean isShared(List<ActionProcessor> processors) {
    Set<Integer> taken = new HashSet<>();
    for (ActionProcessor each : processors) {
      Set<Integer> share = each.copies().active();
      if (share.isEmpty() || !share.stream().allMatch(taken::add)) {
        return false;
      }
    }
    return taken.size() == shape.partitions();
  }

  private <A, B> List<B> atOnce(Stream<A> all, Function<A, B> action) {
    ExecutorService threads = Executors.newFixedThreadPool(shape.instances());
    try {
      List<CompletableFuture<B>> started =
          all.map(each -> CompletableFuture.supplyAsync(() -> action.apply(each), threads))
              .toList();
      return started.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  @Override
  public void close() {
    states.forEach(TemporaryDirectory::close);
  }
}
