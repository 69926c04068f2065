package io.backstop.cache;

import io.backstop.action.CacheCounts;
import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what the fleet's caches count, and clears them by command. It has no store: the counts
 * come again with the next signal of each instance, and what was cleared is on the topic.
 */
public final class CacheKeeper
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  /** Name of the command that it obeys; it leaves all others alone. */
  public static final String CLEAR = "cache.clear";

  private static final Logger LOG = LoggerFactory.getLogger(CacheKeeper.class);
  private static final Duration PUBLISHING = Duration.ofSeconds(2);

  /**
   * Names of its children.
   *
   * @param states sink of the fleet's state
   * @param results sink of the command results
   * @param cached sink of the cached results; null there is a tombstone
   */
  public record Children(String states, String results, String cached) {}

  private final CachedResults held;
  private final Children children;
  private final FleetCounts fleet = new FleetCounts();
  private ProcessorContext<String, SpecificRecord> context;
  private boolean hasHeard;
  private CacheCounts published;

  private CacheKeeper(CachedResults held, Children children) {
    this.held = held;
    this.children = children;
  }

  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      CachedResults held, Children children) {
    return () -> new CacheKeeper(held, children);
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    context.schedule(PUBLISHING, PunctuationType.WALL_CLOCK_TIME, this::publish);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    long now = context.currentSystemTimeMs();
    if (record.value() instanceof FleetSignal signal && signal.getCache() != null) {
      fleet.heard(signal, now);
      hasHeard = true;
    } else if (record.value() instanceof Command command && command.getName().equals(CLEAR)) {
      obey(record.key(), command, now);
    }
  }

  private void publish(long now) {
    CacheCounts total = fleet.total(now);
    if (hasHeard && !total.equals(published)) {
      published = total;
      FleetState state =
          FleetState.newBuilder().setWrittenAt(Instant.ofEpochMilli(now)).setCache(total).build();
      forward(FleetKey.CACHE.of(""), state, now, children.states());
    }
  }

  private void obey(String key, Command command, long now) {
    Clearing clearing = Clearing.of(command, now);
    if (clearing instanceof Clearing.OfEntry entry) {
      boolean isHeld = held.holds(entry.recordKey());
      forward(entry.recordKey(), null, now, children.cached());
      answer(
          key,
          command,
          CommandStatus.DONE,
          isHeld
              ? "The cached result of %s under this key is cleared.".formatted(entry.action())
              : "No cached result of %s was held under this key.".formatted(entry.action()),
          isHeld ? 1 : 0,
          now);
    } else if (clearing instanceof Clearing.OfScope scope) {
      int affected = held.held().entriesOf(scope.scope());
      forward(scope.recordKey(), scope.mark(), now, children.cached());
      String whose = scope.scope().equals(RecordKey.ALL) ? "" : " of " + scope.scope();
      String message = "All cached results%s are cleared: %d held.".formatted(whose, affected);
      answer(key, command, CommandStatus.DONE, message, affected, now);
    } else if (clearing instanceof Clearing.Refused refused) {
      answer(key, command, CommandStatus.REFUSED, refused.reason(), 0, now);
    }
  }

  private void answer(
      String key, Command command, CommandStatus status, String message, long affected, long now) {
    LOG.info(
        "command id={} name={} subject={} actor={} status={} affected={}",
        command.getCommandId(),
        command.getName(),
        command.getSubject(),
        command.getActor(),
        status,
        affected);
    CommandResult result = CommandAnswer.of(command, status, message, affected, now);
    forward(key, result, now, children.results());
  }

  private void forward(String key, SpecificRecord value, long now, String child) {
    context.forward(new Record<>(key, value, now), child);
  }
}
