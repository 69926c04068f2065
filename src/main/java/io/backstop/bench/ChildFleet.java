package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import io.backstop.runtime.Copies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Instances in processes of their own, each with a state directory that is empty at its start. */
final class ChildFleet implements AutoCloseable {
  private static final List<String> JVM_FLAGS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dkafka.log.level=OFF", "-Dbackstop.log.level=WARN");
  private static final Pattern STARTED = Pattern.compile("^" + BenchInstance.RUNNING + " (.*)");
  private static final Pattern ANSWER = Pattern.compile("^(\\{.*})$");
  private static final int LOOK_MS = 250;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A copy is warm when it is behind by no more than what is not committed yet. */
  private static final int WARM_LAG = 2_000;

  private record Instance(ChildJvm process, TemporaryDirectory state) implements AutoCloseable {

    Copies copies() {
      process.tell("copies");
      JsonNode answer = Json.read(process.await(ANSWER)).orElseThrow();
      return new Copies(
          partitions(answer.path("active")),
          partitions(answer.path("standby")),
          answer.path("lag").asLong());
    }

    private static Set<Integer> partitions(JsonNode array) {
      Set<Integer> partitions = new TreeSet<>();
      array.forEach(each -> partitions.add(each.asInt()));
      return partitions;
    }

    @Override
    public void close() {
      process.stop();
      state.close();
    }
  }

  private final BenchSettings settings;
  private final int partitions;
  private final int standbys;
  private final List<Instance> instances = new ArrayList<>();

  ChildFleet(BenchSettings settings, int partitions, int standbys) {
    this.settings = settings;
    this.partitions = partitions;
    this.standbys = standbys;
  }

  void start(int count) {
    List<Instance> started = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      started.add(launch());
    }
    instances.addAll(started);
    started.forEach(each -> each.process().await(STARTED));
  }

  private Instance launch() {
    TemporaryDirectory state = new TemporaryDirectory();
    List<String> arguments = new ArrayList<>(List.of("instance"));
    settings
        .valuesForOneRun(state.path())
        .forEach((key, value) -> arguments.add(key + "=" + value));
    return new Instance(ChildJvm.start(JVM_FLAGS, BenchInstance.class.getName(), arguments), state);
  }

  /**
   * Returns when every partition is worked on, all copies are warm and no partition has changed
   * hands for a while.
   */
  void awaitSettled() {
    long start = System.nanoTime();
    long since = start;
    Map<Instance, Set<Integer>> before = active();
    while (System.nanoTime() - since < SETTLED_NANOS) {
      Waiting.forMillis(LOOK_MS);
      Map<Instance, Set<Integer>> now = active();
      if (!now.equals(before) || !isWarm()) {
        before = now;
        since = System.nanoTime();
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("the fleet does not settle");
      }
    }
  }

  private Map<Instance, Set<Integer>> active() {
    Map<Instance, Set<Integer>> active = new HashMap<>();
    instances.forEach(each -> active.put(each, each.copies().active()));
    return active;
  }

  /**
   * Shares need not be even: the assignors count tasks of all kinds, and classic groups leave work
   * where its state is.
   */
  private boolean isWarm() {
    Set<Integer> taken = new HashSet<>();
    int copied = 0;
    for (Instance each : instances) {
      Copies copies = each.copies();
      if (copies.lag() > WARM_LAG || !copies.active().stream().allMatch(taken::add)) {
        return false;
      }
      copied += copies.standby().size();
    }
    return taken.size() == partitions && copied >= partitions * standbys;
  }

  /**
   * Kills the instance that works on most partitions.
   *
   * @return these partitions
   */
  Set<Integer> killBusiest() {
    Map<Instance, Set<Integer>> active = active();
    Instance busiest =
        instances.stream().max(Comparator.comparing(each -> active.get(each).size())).orElseThrow();
    instances.remove(busiest);
    busiest.process().kill();
    busiest.state().close();
    return active.get(busiest);
  }

  /** The most memory that one of them has in use. */
  OptionalLong residentMegabytes() {
    return instances.stream()
        .map(each -> each.process().residentMegabytes())
        .flatMapToLong(OptionalLong::stream)
        .max();
  }

  @Override
  public void close() {
    // at once, so that nobody takes over from those that stop first
    instances.parallelStream().forEach(Instance::close);
    instances.clear();
  }
}
