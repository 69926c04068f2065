package io.backstop.fallback;

import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RecentFailures;
import io.backstop.action.StoreNames;
import io.backstop.config.SkipConfig;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Puts together what the instances have seen fail lately, tells everybody when that changes, and
 * clears it by command. Stream thread only.
 */
public final class FailureKeeper
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  /** Name of the command that it obeys; it leaves all others alone. */
  public static final String CLEAR = "failures.clear";

  private static final Duration PUBLISHING = Duration.ofMillis(500);

  /**
   * Names of its children.
   *
   * @param states takes {@code FleetState}, keyed by {@link FleetKey}; null is a tombstone
   * @param results takes {@code CommandResult}, keyed by the command's subject
   */
  public record Children(String states, String results) {}

  private final long windowMs;
  private final Children children;
  private final Map<String, FleetFailures> services = new TreeMap<>();
  private final Map<String, RecentFailures> published = new HashMap<>();
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, RecentFailures> store;

  private FailureKeeper(long windowMs, Children children) {
    this.windowMs = windowMs;
    this.children = children;
  }

  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      SkipConfig config, Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new FailureKeeper(config.window().toMillis(), children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            SmallStores.builder(
                StoreNames.RECENT_FAILURES,
                Serdes.String(),
                StateSerde.ofTopicRecord(RecentFailures.class)));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    store = context.getStateStore(StoreNames.RECENT_FAILURES);
    // a task whose transaction failed starts again with the same object: only the store counts
    services.clear();
    published.clear();
    try (KeyValueIterator<String, RecentFailures> kept = store.all()) {
      kept.forEachRemaining(
          each -> {
            services.put(each.key, FleetFailures.restored(each.value, windowMs));
            published.put(each.key, each.value);
          });
    }
    context.schedule(PUBLISHING, PunctuationType.WALL_CLOCK_TIME, this::publishAll);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof FleetSignal signal && signal.getFailures() != null) {
      service(signal.getScope()).heard(signal);
    } else if (record.value() instanceof Command command && command.getName().equals(CLEAR)) {
      clear(command, context.currentSystemTimeMs());
    }
  }

  private FleetFailures service(String service) {
    return services.computeIfAbsent(service, name -> new FleetFailures(windowMs));
  }

  private void publishAll(long now) {
    services.entrySet().removeIf(each -> !publish(each.getKey(), each.getValue(), now));
  }

  /** Tells what has changed; the result is whether there is anything left to tell. */
  private boolean publish(String service, FleetFailures failures, long now) {
    RecentFailures current = failures.current(now).orElse(null);
    if (!Objects.equals(current, published.get(service))) {
      store.put(service, current);
      forward(FleetKey.FAILURES.of(service), state(current, now), now, children.states());
      published.put(service, current);
    }
    if (current == null) {
      published.remove(service);
    }
    return current != null;
  }

  private void clear(Command command, long now) {
    if (!command.getArguments().isEmpty()) {
      answer(command, CommandStatus.REFUSED, "failures.clear takes no arguments", 0, now);
      return;
    }
    String subject = command.getSubject();
    boolean isKnown = subject.isEmpty() || services.containsKey(subject);
    if (!subject.isEmpty()) {
      // also where nothing is known: what failed before and is told later is cleared, too
      service(subject);
    }
    int affected = 0;
    for (Map.Entry<String, FleetFailures> each : services.entrySet()) {
      if (subject.isEmpty() || subject.equals(each.getKey())) {
        affected += each.getValue().clear(command.getActor(), now);
        publish(each.getKey(), each.getValue(), now);
      }
    }
    String whose = subject.isEmpty() ? "of all services" : "of " + subject;
    String message =
        isKnown
            ? "The failures %s are cleared: %,d.".formatted(whose, affected)
            : "Nothing is known to have failed at %s: nothing was cleared.".formatted(subject);
    answer(command, CommandStatus.DONE, message, affected, now);
    context.commit();
  }

  private static FleetState state(RecentFailures current, long now) {
    return current == null
        ? null
        : FleetState.newBuilder()
            .setWrittenAt(Instant.ofEpochMilli(now))
            .setFailures(current)
            .build();
  }

  private void answer(
      Command command, CommandStatus status, String message, long affected, long now) {
    forward(
        command.getSubject(),
        CommandAnswer.of(command, status, message, affected, now),
        now,
        children.results());
  }

  private void forward(String key, SpecificRecord value, long now, String child) {
    context.forward(new Record<>(key, value, now), child);
  }
}
