package io.backstop.command;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.serde.Decoded;
import io.backstop.serde.ReadRecord;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.WireDecoder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node where commands enter. Each goes to the one node that carries it out, once: a command id
 * that was answered before gets that answer again. Whatever else stands on the topic is refused on
 * the topic of answers, so that nothing disappears.
 *
 * <p>A command whose schema is not known yet waits in a store; others go ahead of it meanwhile, so
 * that a record with a wrong schema id, or a registry that is away, cannot hold up an operator.
 */
public final class CommandIntake implements Processor<byte[], byte[], String, SpecificRecord> {
  /** Record header that names a command without its value having to be read. */
  public static final String ID_HEADER = "command-id";

  private static final Logger LOG = LoggerFactory.getLogger(CommandIntake.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  /** What is larger is no command, and might not fit the topics that its parts would go to. */
  private static final int LARGEST = 256 * 1024;

  private final WireDecoder<Command> decoder;
  private final CommandRoutes routes;
  private final String answerChild;
  private final CommandCheck check;
  private ProcessorContext<String, SpecificRecord> context;
  private SchemaParking parking;
  private AnsweredCommands answered;

  private CommandIntake(WireDecoder<Command> decoder, CommandRoutes routes, String answerChild) {
    this.decoder = decoder;
    this.routes = routes;
    this.answerChild = answerChild;
    this.check = new CommandCheck(routes);
  }

  /**
   * The node must be connected to the store {@link StoreNames#COMMAND_RESULTS_BY_ID}, which {@link
   * CommandRecording} owns. Nodes named by {@code routes} answer each command before they return
   * from it.
   *
   * @param routes where commands go, as {@link Command} under their subject
   * @param answerChild where the answers of this node go, past the recording: the topic's sink
   */
  public static ProcessorSupplier<byte[], byte[], String, SpecificRecord> supplier(
      WireDecoder<Command> decoder, CommandRoutes routes, String answerChild) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], String, SpecificRecord> get() {
        return new CommandIntake(decoder, routes, answerChild);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SchemaParking.store(StoreNames.COMMANDS_AWAITING_SCHEMA));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    answered = new AnsweredCommands(context.getStateStore(StoreNames.COMMAND_RESULTS_BY_ID));
    parking =
        new SchemaParking(context.getStateStore(StoreNames.COMMANDS_AWAITING_SCHEMA), decoder);
    context.schedule(
        PARKING_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parking.poll(now, original -> accept(original, now)));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    accept(ReadRecord.of(record, context.recordMetadata()), context.currentSystemTimeMs());
  }

  private void accept(OriginalRecord original, long now) {
    byte[] value = RecordHeaders.bytes(original.getValue());
    int size = RecordHeaders.sizeAroundValue(original) + (value == null ? 0 : value.length);
    if (size > LARGEST) {
      String reason = "%,d bytes; a command has at most %,d".formatted(size, LARGEST);
      refuse(original, Answer.unreadable(original, reason, now), now);
      return;
    }
    Decoded<Command> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<Command> command) {
      acceptCommand(command.value(), original, now);
    } else if (decoded instanceof Decoded.Undecodable<Command> undecodable) {
      refuse(original, Answer.unreadable(original, undecodable.reason(), now), now);
    } else if (decoded instanceof Decoded.SchemaUnknownYet<Command> unknown) {
      parking.park(unknown.schemaId(), original, now);
    }
  }

  private void acceptCommand(Command command, OriginalRecord original, long now) {
    Optional<String> problem = check.problem(command);
    if (problem.isPresent()) {
      refuse(original, Answer.refused(original, command, problem.get(), now), now);
      return;
    }
    Optional<CommandResult> earlier = answered.find(command.getCommandId(), now);
    if (earlier.isPresent()) {
      answerAgain(command, earlier.get(), original, now);
    } else {
      dispatch(command, original, now);
    }
  }

  private void answerAgain(
      Command command, CommandResult earlier, OriginalRecord original, long now) {
    if (!Answer.isTo(command, earlier)) {
      refuse(original, Answer.idTaken(original, command, earlier, now), now);
      return;
    }
    LOG.info("command repeated at={} id={}", Answer.coordinates(original), id(command));
    context.forward(Answer.record(Answer.repeated(earlier), now), answerChild);
  }

  private void dispatch(Command command, OriginalRecord original, long now) {
    LOG.info(
        "command accepted at={} id={} name={} subject={} actor={}",
        Answer.coordinates(original),
        id(command),
        command.getName(),
        command.getSubject(),
        command.getActor());
    String child = routes.child(command.getName()).orElseThrow();
    context.forward(new Record<>(command.getSubject(), command, now), child);
  }

  private void refuse(OriginalRecord original, CommandResult answer, long now) {
    LOG.info(
        "command refused at={} id={} reason={}",
        Answer.coordinates(original),
        answer.getCommandId(),
        answer.getMessage());
    context.forward(Answer.record(answer, now), answerChild);
  }

  private static String id(Command command) {
    return command.getCommandId();
  }
}
