package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeskOrder;
import io.backstop.action.FleetState;
import io.backstop.action.KeptOperation;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.action.SelectLetters;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Makes what the coordinator writes. Pure. */
final class OperationRecords {
  private OperationRecords() {}

  /** An operation to which nothing has happened yet. */
  static KeptOperation begun(Command command, Asked.Start start, long now) {
    OperationStatus status =
        OperationStatus.newBuilder()
            .setKind(start.plan().getKind())
            .setPhase(OperationPhase.SELECTING)
            .setActor(command.getActor())
            .setReason(command.getReason())
            .setStartedAt(Instant.ofEpochMilli(now))
            .setRate(start.rate())
            .setStage(start.ramp() ? Ramp.first().stage() : null)
            .setAbortAbove(start.abortAbove())
            .build();
    return KeptOperation.newBuilder()
        .setCommand(command.getName())
        .setSubject(command.getSubject())
        .setStatus(status)
        .setCount(command.getSelection().getCount())
        .setHash(command.getSelection().getHash())
        .setTo(start.plan().getTo())
        .build();
  }

  static DeskOrder select(Command command, Asked.Start start, long now) {
    return order(command.getCommandId(), now)
        .setSelect(new SelectLetters(command.getSelection(), start.plan()))
        .build();
  }

  static DeskOrder release(String id, int count, long now) {
    return order(id, now).setRelease(count).build();
  }

  static DeskOrder end(String id, long now) {
    return order(id, now).setEnd(true).build();
  }

  private static DeskOrder.Builder order(String id, long now) {
    return DeskOrder.newBuilder().setOperationId(id).setAt(Instant.ofEpochMilli(now));
  }

  static FleetState state(OperationStatus status, long now) {
    return FleetState.newBuilder()
        .setWrittenAt(Instant.ofEpochMilli(now))
        .setOperation(status)
        .build();
  }

  /** To the command that has started an operation: how it ended, or that it goes on. */
  static CommandResult answer(String id, KeptOperation operation, long now) {
    OperationStatus status = operation.getStatus();
    return CommandResult.newBuilder()
        .setCommandId(id)
        .setName(operation.getCommand())
        .setSubject(operation.getSubject())
        .setStatus(commandStatus(status))
        .setMessage(
            status.getPhase() == OperationPhase.REFUSED
                ? status.getMessage()
                : Words.summary(status))
        .setAffected(status.getChanged())
        .setDetails(details(status))
        .setCompletedAt(Instant.ofEpochMilli(now))
        .build();
  }

  private static CommandStatus commandStatus(OperationStatus status) {
    return status.getEndedAt() == null
        ? CommandStatus.ACCEPTED
        : status.getPhase() == OperationPhase.REFUSED ? CommandStatus.REFUSED : CommandStatus.DONE;
  }

  private static Map<String, String> details(OperationStatus status) {
    Map<String, String> details = new TreeMap<>();
    details.put("kind", status.getKind().name());
    details.put("phase", status.getPhase().name());
    details.put("selected", Long.toString(status.getSelected()));
    details.put("released", Long.toString(status.getReleased()));
    details.put("changed", Long.toString(status.getChanged()));
    status
        .getPassedOver()
        .forEach((reason, count) -> details.put("passedOver." + reason, Long.toString(count)));
    details.put("succeeded", Long.toString(status.getSucceeded()));
    details.put("failedAgain", Long.toString(status.getFailedAgain()));
    details.put("suppressed", Long.toString(status.getSuppressed()));
    return details;
  }
}
