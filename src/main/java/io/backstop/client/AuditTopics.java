package io.backstop.client;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the commands and their answers into a trail. For one thread. */
public final class AuditTopics implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  /** Answers stand after their commands, but clocks differ. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final Registry registry;
  private final WireDecoder<Command> commandDecoder;
  private final WireDecoder<CommandResult> answerDecoder;
  private final TopicReader commands;
  private final TopicReader answers;
  private final Consumer<String> problems;

  private AuditTopics(
      BackstopConfig config, TopicReader commands, TopicReader answers, Consumer<String> problems) {
    this.registry = new Registry(config.registry());
    this.commandDecoder = new WireDecoder<>(Command.class, registry, InstantSource.system());
    this.answerDecoder = new WireDecoder<>(CommandResult.class, registry, InstantSource.system());
    this.commands = commands;
    this.answers = answers;
    this.problems = problems;
  }

  /**
   * @param problems takes one line for each answer that cannot be read; the rest goes on
   * @throws StartupException when the broker does not answer or a topic is not there
   */
  public static AuditTopics open(BackstopConfig config, Consumer<String> problems) {
    Topics topics = new Topics(config.topics().prefix());
    TopicReader commands = TopicReader.open(config, topics.commands());
    try {
      return new AuditTopics(
          config, commands, TopicReader.open(config, topics.commandResults()), problems);
    } catch (RuntimeException e) {
      commands.close();
      throw e;
    }
  }

  /**
   * Reads what there is now.
   *
   * @param wanted which commands; what cannot be read is none, and wanted where {@code all}
   */
  public void read(Start start, Predicate<Command> wanted, boolean all, AuditTrail trail) {
    commands.readToEnd(
        start,
        rec -> {
          take(rec, wanted, all, trail, entry -> {});
          return true;
        });
    answers.readToEnd(
        early(start),
        rec -> {
          takeAnswer(rec, trail, entry -> {});
          return true;
        });
  }

  /** Goes to where {@link #poll} is to start; what is written after this call is not missed. */
  public void startAt(Start start) {
    commands.startAt(start);
    answers.startAt(early(start));
  }

  private static Start early(Start start) {
    return start instanceof Start.Since since
        ? new Start.Since(since.instant().minus(MARGIN))
        : start;
  }

  /**
   * Reads what has come, and waits some tenths of a second where nothing has.
   *
   * @param changed takes what is new or has a new answer
   */
  public void poll(
      Predicate<Command> wanted, boolean all, AuditTrail trail, Consumer<AuditEntry> changed) {
    once(commands, rec -> take(rec, wanted, all, trail, changed));
    once(answers, rec -> takeAnswer(rec, trail, changed));
  }

  private static void once(TopicReader reader, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    var first = new AtomicBoolean(true);
    reader.readOn(
        rec -> {
          sink.accept(rec);
          return true;
        },
        () -> first.getAndSet(false));
  }

  private void take(
      ConsumerRecord<byte[], byte[]> rec,
      Predicate<Command> wanted,
      boolean all,
      AuditTrail trail,
      Consumer<AuditEntry> changed) {
    var decoded = decoded(commandDecoder, rec);
    if (decoded instanceof Decoded.Value<Command> command) {
      if (wanted.test(command.value())) {
        changed.accept(trail.command(coordinates(rec), command.value()));
      }
    } else if (decoded instanceof Decoded.Undecodable<Command> undecodable && all) {
      Instant at = Instant.ofEpochMilli(Math.max(rec.timestamp(), 0));
      changed.accept(trail.unreadable(coordinates(rec), at, undecodable.reason()));
    }
  }

  private void takeAnswer(
      ConsumerRecord<byte[], byte[]> rec, AuditTrail trail, Consumer<AuditEntry> changed) {
    var decoded = decoded(answerDecoder, rec);
    if (decoded instanceof Decoded.Value<CommandResult> answer) {
      trail.answer(answer.value()).ifPresent(changed);
    } else if (decoded instanceof Decoded.Undecodable<CommandResult> undecodable) {
      problems.accept("%s cannot be read: %s".formatted(coordinates(rec), undecodable.reason()));
    }
  }

  private <T extends SpecificRecord> Decoded<T> decoded(
      WireDecoder<T> decoder, ConsumerRecord<byte[], byte[]> rec) {
    Decoded<T> decoded = decoder.decodeFetching(rec.value(), REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.SchemaUnknownYet<T>) {
      throw new StartupException(
          "the schema registry at "
              + registry.url()
              + " does not answer; check backstop.registry.url");
    }
    return decoded;
  }

  /** As answers name them. */
  private static String coordinates(ConsumerRecord<?, ?> rec) {
    return rec.topic() + "-" + rec.partition() + "-" + rec.offset();
  }

  @Override
  public void close() {
    commands.close();
    answers.close();
    commandDecoder.close();
    answerDecoder.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
