package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionEvent;
import io.backstop.serde.AvroJson;
import java.time.Instant;

/** Shows events. */
final class EventView implements RecordView<ActionEvent> {
  private static final Table TABLE =
      new Table()
          .column("AT", 20)
          .column("EVENT", 19)
          .column("ABOUT", 36)
          .column("TARGET", 22)
          .last("NOTE");

  @Override
  public Class<ActionEvent> type() {
    return ActionEvent.class;
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public String[] row(ActionEvent event) {
    return new String[] {
      RecordView.seconds(event.getAt()),
      event.getType().name(),
      event.getScope() == null ? event.getRequestId() : event.getScope(),
      event.getTarget() == null ? event.getAction() : event.getTarget(),
      note(event)
    };
  }

  private static String note(ActionEvent event) {
    var note = new StringBuilder();
    if (event.getInstance() != null) {
      note.append("instance ").append(event.getInstance()).append(": ");
    }
    if (event.getFailureClass() != null) {
      note.append(event.getFailureClass()).append(": ");
    }
    note.append(event.getReason());
    if (event.getActor() != null) {
      note.append(" (by ").append(event.getActor()).append(')');
    }
    return event.getFromCache() ? "from cache" : note.toString();
  }

  @Override
  public ObjectNode json(ActionEvent event) {
    return AvroJson.of(event);
  }

  @Override
  public Instant time(ActionEvent event) {
    return event.getAt();
  }
}
