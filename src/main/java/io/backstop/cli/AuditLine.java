package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.client.AuditEntry;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import java.util.Optional;

/** One command of the audit log, for people and scripts. */
record AuditLine(AuditEntry entry) {
  static final Table TABLE =
      new Table()
          .column("ISSUED", 20)
          .column("WHO", 14)
          .column("COMMAND", 18)
          .column("ABOUT", 44)
          .column("CHANGED", 7)
          .column("RESULT", 13)
          .last("NOTE");

  String text(boolean json) {
    return json ? json().toString() : TABLE.row(row());
  }

  private String[] row() {
    Optional<Command> command = entry.command();
    return new String[] {
      RecordView.seconds(entry.at()),
      command.map(Command::getActor).filter(each -> !each.isEmpty()).orElse(null),
      command.map(Command::getName).orElse("(unreadable)"),
      about(),
      changed(),
      result(),
      note()
    };
  }

  private String about() {
    if (entry.command().isEmpty()) {
      return "record " + entry.coordinates();
    }
    Command command = entry.command().get();
    if (command.getSelection() != null) {
      return SelectionText.of(command.getSelection());
    }
    return command.getSubject().isEmpty() ? null : command.getSubject();
  }

  private String changed() {
    return entry.latest().map(each -> "%,d".formatted(each.getAffected())).orElse(null);
  }

  private String result() {
    return entry.latest().map(each -> each.getStatus().name()).orElse("no answer yet");
  }

  private String note() {
    StringBuilder note = new StringBuilder();
    entry.problem().ifPresent(each -> note.append(each).append(". "));
    if (entry.problem().isEmpty()) {
      note.append(entry.latest().map(CommandResult::getMessage).orElse(""));
    }
    entry
        .command()
        .map(Command::getReason)
        .filter(each -> !each.isBlank())
        .ifPresent(each -> note.append(" (why: ").append(each).append(')'));
    if (entry.repeats() > 0) {
      note.append(" (came %d times)".formatted(entry.repeats() + 1));
    }
    String text = note.toString().strip();
    return text.isEmpty() ? null : text;
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    Optional<Command> command = entry.command();
    json.put("issuedAt", entry.at().toString());
    json.put("coordinates", entry.coordinates());
    json.put("commandId", command.map(Command::getCommandId).orElse(null));
    json.put("actor", command.map(Command::getActor).orElse(null));
    json.put("command", command.map(Command::getName).orElse(null));
    json.put("subject", command.map(Command::getSubject).orElse(null));
    json.put("about", about());
    json.put("reason", command.map(Command::getReason).orElse(null));
    ObjectNode arguments = json.putObject("arguments");
    command.ifPresent(each -> each.getArguments().forEach(arguments::put));
    json.set("selection", command.map(Command::getSelection).map(AvroJson::of).orElse(null));
    json.put("problem", entry.problem().orElse(null));
    json.put("repeats", entry.repeats());
    json.put("result", entry.latest().map(each -> each.getStatus().name()).orElse(null));
    json.put("message", entry.latest().map(CommandResult::getMessage).orElse(null));
    json.put("affected", entry.latest().map(CommandResult::getAffected).orElse(null));
    ObjectNode details = json.putObject("details");
    entry.latest().ifPresent(each -> each.getDetails().forEach(details::put));
    json.put("begunAt", entry.begun().map(each -> each.getCompletedAt().toString()).orElse(null));
    json.put(
        "completedAt", entry.answer().map(each -> each.getCompletedAt().toString()).orElse(null));
    return json;
  }
}
