package io.backstop.command;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** The answers that need nobody to carry a command out, and how an answer goes to its topic. */
final class Answer {
  private static final int LONGEST_MESSAGE = 2_000;

  private Answer() {}

  /** To bytes that cannot be read as a command. */
  static CommandResult unreadable(OriginalRecord original, String reason, long now) {
    String id = RecordHeaders.last(original.getHeaders(), CommandIntake.ID_HEADER).orElse("");
    return refused(original, reason, now)
        .setCommandId(Text.line(id, CommandCheck.LONGEST_NAME))
        .build();
  }

  /** To a command that asks for what there is not. */
  static CommandResult refused(OriginalRecord original, Command command, String why, long now) {
    return refused(original, why, now)
        .setCommandId(Text.line(command.getCommandId(), CommandCheck.LONGEST_NAME))
        .setName(Text.line(command.getName(), CommandCheck.LONGEST_NAME))
        .setSubject(Text.line(command.getSubject(), CommandCheck.LONGEST_NAME))
        .build();
  }

  private static CommandResult.Builder refused(OriginalRecord original, String why, long now) {
    return CommandResult.newBuilder()
        .setStatus(CommandStatus.REFUSED)
        .setMessage(Text.line(why, LONGEST_MESSAGE))
        .setDetails(Map.of("coordinates", coordinates(original)))
        .setCompletedAt(Instant.ofEpochMilli(now));
  }

  /** To a command under the id of another one, which {@code earlier} answered. */
  static CommandResult idTaken(
      OriginalRecord original, Command command, CommandResult earlier, long now) {
    String why =
        "commandId %s was taken by %s %s before: give this command an id of its own"
            .formatted(command.getCommandId(), earlier.getName(), earlier.getSubject());
    return refused(original, command, why, now);
  }

  static boolean isTo(Command command, CommandResult result) {
    return command.getName().equals(result.getName())
        && command.getSubject().equals(result.getSubject());
  }

  /** What became of the command when it came the first time. */
  static CommandResult repeated(CommandResult first) {
    var details = new HashMap<>(first.getDetails());
    details.put("repeated", "true");
    return CommandResult.newBuilder(first).setDetails(details).build();
  }

  /** Under the command's subject, with its id in a header, so that who waits finds it quickly. */
  static Record<String, SpecificRecord> record(CommandResult result, long now) {
    Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    headers.add(CommandIntake.ID_HEADER, result.getCommandId().getBytes(StandardCharsets.UTF_8));
    return new Record<>(result.getSubject(), result, now, headers);
  }

  /** {@code topic-partition-offset}. */
  static String coordinates(OriginalRecord original) {
    return original.getTopic() + "-" + original.getPartition() + "-" + original.getOffset();
  }
}
