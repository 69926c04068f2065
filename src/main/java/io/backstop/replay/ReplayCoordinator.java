package io.backstop.replay;

import io.backstop.action.CircuitRecord;
import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeskReport;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.executor.Targets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Carries out every operation on dead letters: takes its command, has the desks find the letters,
 * releases them, adds up what becomes of them, tells everybody how far it is and answers at its
 * end. One task in the fleet, so a pace holds for the whole fleet; state, orders and answers are
 * one transaction. Stream thread only.
 */
public final class ReplayCoordinator implements Processor<String, SpecificRecord, String, Object> {
  /** Names of the commands that it obeys; it leaves all others alone. */
  public static final Set<String> COMMANDS = commands();

  private static final Duration TICK = Duration.ofMillis(100);
  private static final int MOST_OPEN = 10;

  /**
   * What it decides by.
   *
   * @param targets what {@code to} may name
   * @param scope the scope that a target is called under
   * @param maxOutstanding replayed requests that may be under way at a time
   */
  public record Rules(Targets targets, UnaryOperator<String> scope, int maxOutstanding) {}

  /**
   * Names of its children.
   *
   * @param orders takes {@link AddressedOrder}, keyed by the operation's id
   * @param states takes {@code FleetState}, keyed by {@link io.backstop.action.FleetKey}; null is a
   *     tombstone
   * @param results takes {@code CommandResult}, keyed by the command's subject
   */
  public record Children(String orders, String states, String results) {}

  private final Rules rules;
  private final Children children;
  private ProcessorContext<String, Object> context;
  private Operations operations;
  private boolean hasRead;

  private ReplayCoordinator(Rules rules, Children children) {
    this.rules = rules;
    this.children = children;
  }

  /**
   * The node takes {@link Command} and {@link DeskReport}. It must be connected to the stores
   * {@link StoreNames#CIRCUITS} and {@link StoreNames#PAUSES}, which it only reads.
   */
  public static ProcessorSupplier<String, SpecificRecord, String, Object> supplier(
      Rules rules, Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, Object> get() {
        return new ReplayCoordinator(rules, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(OperationStore.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    KeyValueStore<String, CircuitRecord> circuits = context.getStateStore(StoreNames.CIRCUITS);
    KeyValueStore<String, FleetState> pauses = context.getStateStore(StoreNames.PAUSES);
    // a task whose transaction failed starts again with the same object: only the store counts
    operations =
        new Operations(
            new OperationStore(context.getStateStore(StoreNames.OPERATIONS)),
            new TargetGuard(rules.scope(), circuits::get, target -> pauses.get(target) != null),
            new OperationPost(context, children),
            rules.maxOutstanding());
    hasRead = false;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> timePassed());
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    long now = context.currentSystemTimeMs();
    readStore(now);
    if (record.value() instanceof DeskReport report) {
      operations.reported(report, now);
    } else if (record.value() instanceof Command command) {
      if (Asked.KINDS.containsKey(command.getName())) {
        start(command, now);
        context.commit();
      } else if (OperationCommands.NAMES.contains(command.getName())) {
        command(command, now);
        context.commit();
      }
    }
  }

  private void timePassed() {
    long now = context.currentSystemTimeMs();
    readStore(now);
    operations.timePassed(now);
  }

  /** Once, at the first chance after a start. */
  private void readStore(long now) {
    if (!hasRead) {
      hasRead = true;
      operations.read(now);
    }
  }

  private void start(Command command, long now) {
    if (operations.has(command.getCommandId())) {
      // its answer is older than answers are kept
      answer(operations.answer(command.getCommandId(), now), now);
      return;
    }
    Asked asked = Asked.of(command, rules.targets());
    if (asked instanceof Asked.Refused refused) {
      refuse(command, refused.reason(), now);
    } else if (operations.open().size() >= MOST_OPEN) {
      refuse(
          command,
          "%d operations are under way, which is as many as there can be: wait for one, or cancel"
                  .formatted(MOST_OPEN)
              + " one of "
              + String.join(", ", operations.open()),
          now);
    } else if (asked instanceof Asked.Start start) {
      answer(operations.start(command, start, now), now);
    }
  }

  private void command(Command command, long now) {
    String id = command.getSubject();
    OperationEvent event = OperationCommands.event(command);
    var problem = OperationCommands.problem(command, operations.open());
    if (problem.isPresent()) {
      refuse(command, problem.get(), now);
    } else if (!operations.has(id)) {
      refuse(command, OperationCommands.unknown(id, operations.open()), now);
    } else if (!Operation.takes(operations.phase(id), event)) {
      refuse(
          command,
          "operation %s is %s, so %s does nothing"
              .formatted(id, operations.phase(id), command.getName()),
          now);
    } else {
      operations.apply(id, event, now);
      String message = "operation %s is %s".formatted(id, operations.phase(id));
      answer(CommandAnswer.of(command, CommandStatus.DONE, message, 1, now), now);
    }
  }

  private void refuse(Command command, String why, long now) {
    answer(CommandAnswer.of(command, CommandStatus.REFUSED, why, 0, now), now);
  }

  private void answer(CommandResult result, long now) {
    context.forward(new Record<>(result.getSubject(), result, now), children.results());
  }

  private static Set<String> commands() {
    Set<String> all = new TreeSet<>(Asked.KINDS.keySet());
    all.addAll(OperationCommands.NAMES);
    return Set.copyOf(all);
  }
}
