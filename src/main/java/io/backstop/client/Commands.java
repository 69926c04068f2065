package io.backstop.client;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.command.CommandIntake;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.BrokerFailure;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends commands to the processors and waits for their answers. For one thread. */
public final class Commands implements AutoCloseable {
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  private final BackstopConfig config;
  private final String topic;
  private final Registry registry;
  private final WireDecoder<CommandResult> decoder;
  private final TopicReader results;
  private Producer<byte[], byte[]> producer;
  private WireEncoder<Command> encoder;

  private Commands(BackstopConfig config, Topics topics, TopicReader results) {
    this.config = config;
    this.topic = topics.commands();
    this.results = results;
    this.registry = new Registry(config.registry());
    this.decoder = new WireDecoder<>(CommandResult.class, registry, InstantSource.system());
  }

  /**
   * @throws StartupException when broker or registry cannot be reached or a topic is not there
   */
  public static Commands open(BackstopConfig config) {
    Topics topics = new Topics(config.topics().prefix());
    try (var admin = TopicAdmin.connect(config)) {
      admin.requireTopic(topics.commands());
    }
    var commands = new Commands(config, topics, TopicReader.open(config, topics.commandResults()));
    try {
      commands.encoder = new WireEncoder<>(commands.registry, commands.topic, Command.class);
      commands.producer = RequestProducer.open(config);
      return commands;
    } catch (KafkaException e) {
      commands.close();
      throw BrokerFailure.explain(e, config.kafka());
    } catch (RuntimeException e) {
      commands.close();
      throw e;
    }
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param patience how long to wait once the broker has the command
   * @return empty when no answer came; the command is on the topic all the same, and is done as
   *     soon as a processor runs
   * @throws StartupException when the broker does not take the command, or the answer cannot be
   *     read
   */
  public Optional<CommandResult> send(Command command, Duration patience) {
    return send(command, patience, Waiting.NOT);
  }

  /** What is done while work that was begun goes on. */
  public interface Waiting {
    /** Takes the answer that says so for the last one. */
    Waiting NOT =
        new Waiting() {
          @Override
          public void accepted(CommandResult answer) {
            // nothing is waited for
          }

          @Override
          public boolean goesOn() {
            return false;
          }
        };

    /** Whether to give up before any answer has come; asked several times a second. */
    default boolean isGivenUp() {
      return false;
    }

    /** Work on the command has begun. */
    void accepted(CommandResult answer);

    /** Whether to wait on; asked several times a second once work has begun. */
    boolean goesOn();
  }

  /**
   * As the other one; but when the answer is that work on it has begun, waits for the one that says
   * how it ended.
   *
   * @return the last answer that came: ACCEPTED when it was not waited for the end
   */
  public Optional<CommandResult> send(Command command, Duration patience, Waiting waiting) {
    results.startAt(new Start.End());
    publish(command);
    var answer = new AtomicReference<CommandResult>();
    long deadline = System.nanoTime() + patience.toNanos();
    results.readOn(
        rec -> {
          answerTo(command, rec).ifPresent(each -> take(each, answer, waiting));
          return !isLast(answer.get());
        },
        () ->
            answer.get() == null
                ? System.nanoTime() < deadline && !waiting.isGivenUp()
                : waiting.goesOn());
    return Optional.ofNullable(answer.get());
  }

  private static void take(
      CommandResult each, AtomicReference<CommandResult> answer, Waiting waiting) {
    if (isLast(answer.get())) {
      return;
    }
    boolean isNews = answer.getAndSet(each) == null;
    if (isNews && !isLast(each)) {
      waiting.accepted(each);
    }
  }

  private static boolean isLast(CommandResult answer) {
    return answer != null && answer.getStatus() != CommandStatus.ACCEPTED;
  }

  private void publish(Command command) {
    var rec = new ProducerRecord<>(topic, bytes(command.getSubject()), encoder.encode(command));
    rec.headers().add(CommandIntake.ID_HEADER, bytes(command.getCommandId()));
    try {
      producer.send(rec).get();
    } catch (ExecutionException | KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while sending a command; it may be on its way", e);
    }
  }

  private Optional<CommandResult> answerTo(Command command, ConsumerRecord<byte[], byte[]> rec) {
    var header = rec.headers().lastHeader(CommandIntake.ID_HEADER);
    boolean named = header != null && command.getCommandId().equals(text(header.value()));
    var decoded = decoder.decodeFetching(rec.value(), REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.Value<CommandResult> result) {
      return Optional.of(result.value())
          .filter(each -> each.getCommandId().equals(command.getCommandId()));
    } else if (named) {
      throw new StartupException(
          "the answer to command %s is at %s-%d@%d, but cannot be read: %s"
              .formatted(
                  command.getCommandId(),
                  rec.topic(),
                  rec.partition(),
                  rec.offset(),
                  why(decoded)));
    }
    return Optional.empty();
  }

  private static String why(Decoded<CommandResult> decoded) {
    return decoded instanceof Decoded.Undecodable<CommandResult> undecodable
        ? undecodable.reason()
        : "the schema registry does not answer; check backstop.registry.url";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    results.close();
    decoder.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
