package io.backstop.command;

import io.backstop.action.CommandResult;
import io.backstop.action.StoreNames;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what became of each command under its id, done or refused, and sends it on. */
public final class CommandRecording
    implements Processor<String, CommandResult, String, SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRecording.class);

  private final String resultChild;
  private ProcessorContext<String, SpecificRecord> context;
  private AnsweredCommands answered;

  private CommandRecording(String resultChild) {
    this.resultChild = resultChild;
  }

  /**
   * Its parents are the nodes that carry commands out.
   *
   * @param resultChild where answers go: the topic's sink
   */
  public static ProcessorSupplier<String, CommandResult, String, SpecificRecord> supplier(
      String resultChild) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, CommandResult, String, SpecificRecord> get() {
        return new CommandRecording(resultChild);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(AnsweredCommands.store());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    answered = new AnsweredCommands(context.getStateStore(StoreNames.COMMAND_RESULTS_BY_ID));
    answered.ensureSegment(context);
  }

  @Override
  public void process(Record<String, CommandResult> record) {
    CommandResult result = record.value();
    long now = context.currentSystemTimeMs();
    LOG.info(
        "command answered id={} name={} subject={} status={} affected={}",
        result.getCommandId(),
        result.getName(),
        result.getSubject(),
        result.getStatus(),
        result.getAffected());
    answered.put(result, now);
    context.forward(Answer.record(result, now), resultChild);
  }
}
