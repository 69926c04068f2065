package io.backstop.command;

import io.backstop.action.AnsweredCommand;
import io.backstop.action.CommandResult;
import io.backstop.action.StoreNames;
import io.backstop.serde.FirstSegment;
import io.backstop.serde.StateSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What became of each command, for a week. Entries stand in buckets of half of that, so an id is
 * found by a few point reads and expiry drops whole segments. Stream thread only.
 */
final class AnsweredCommands {
  static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration BUCKET = RETENTION.dividedBy(2);
  private static final long CLOCK_SKEW_MS = 60_000;

  private final WindowStore<String, AnsweredCommand> store;

  AnsweredCommands(WindowStore<String, AnsweredCommand> store) {
    this.store = store;
  }

  static StoreBuilder<WindowStore<String, AnsweredCommand>> store() {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(
            StoreNames.COMMAND_RESULTS_BY_ID, RETENTION.plus(BUCKET).plus(BUCKET), BUCKET, false),
        Serdes.String(),
        new StateSerde<>(AnsweredCommand.class));
  }

  /** The answer to the command of this id, unless it is older than {@link #RETENTION}. */
  Optional<CommandResult> find(String commandId, long now) {
    long oldest = now - RETENTION.toMillis();
    // an earlier owner of the task may have written with a clock that was ahead of this one
    for (long start = bucket(now + CLOCK_SKEW_MS);
        start > oldest - BUCKET.toMillis() && start >= 0;
        start -= BUCKET.toMillis()) {
      AnsweredCommand found = store.fetch(commandId, start);
      if (found != null) {
        return Optional.of(found)
            .filter(answer -> answer.getAnsweredAt().toEpochMilli() > oldest)
            .map(AnsweredCommand::getResult);
      }
    }
    return Optional.empty();
  }

  void put(CommandResult result, long now) {
    var answered = new AnsweredCommand(Instant.ofEpochMilli(now), result);
    store.put(result.getCommandId(), answered, bucket(now));
  }

  /** Call it once per task, at its start. */
  void ensureSegment(ProcessorContext<?, ?> context) {
    FirstSegment.ensure(context, store, BUCKET);
  }

  private static long bucket(long time) {
    return time - time % BUCKET.toMillis();
  }
}
