package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationStatus;
import io.backstop.client.FleetStates;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop replay list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the replays that the fleet remembers, newest first.")
final class ReplayListCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table()
          .column("ID", 13)
          .column("STARTED", 20)
          .column("PHASE", 9)
          .column("SELECTED", 9)
          .column("SUCCEEDED", 9)
          .column("FAILED", 9)
          .column("SUPPRESSED", 10)
          .column("LEFT", 9)
          .column("BY", 12)
          .last("REASON / MESSAGE");

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    Problems problems = new Problems(spec.commandLine().getErr());
    try (FleetStates fleet = FleetStates.open(config.load(), problems)) {
      lines(fleet.read(), json).forEach(spec.commandLine().getOut()::println);
    }
    return problems.exitCode();
  }

  /**
   * @param states everything that the fleet has decided, by record key
   */
  static List<String> lines(Map<String, FleetState> states, boolean json) {
    record Known(String id, OperationStatus status) {}
    List<String> lines =
        states.entrySet().stream()
            .filter(each -> FleetKey.OPERATION.matches(each.getKey()))
            .filter(each -> each.getValue().getOperation() != null)
            .map(
                each ->
                    new Known(
                        FleetKey.OPERATION.scope(each.getKey()), each.getValue().getOperation()))
            .filter(each -> each.status().getKind() == OperationKind.REPLAY)
            .sorted(Comparator.comparing((Known each) -> each.status().getStartedAt()).reversed())
            .map(
                each ->
                    json
                        ? ReplayStatusText.json(each.id(), each.status()).toString()
                        : row(each.id(), each.status()))
            .toList();
    return json ? lines : Stream.concat(Stream.of(TABLE.head()), lines.stream()).toList();
  }

  private static String row(String id, OperationStatus status) {
    String reason = status.getReason() == null ? "" : status.getReason();
    String message = status.getMessage();
    return TABLE.row(
        id,
        RecordView.seconds(status.getStartedAt()),
        status.getPhase().name(),
        number(status.getSelected()),
        number(status.getSucceeded()),
        number(status.getFailedAgain()),
        number(status.getSuppressed()),
        number(ReplayPace.passedOver(status)),
        status.getActor(),
        reason + (reason.isEmpty() || message.isEmpty() ? "" : " / ") + message);
  }

  private static String number(long value) {
    return "%,d".formatted(value);
  }
}
