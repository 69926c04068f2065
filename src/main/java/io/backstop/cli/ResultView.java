package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionResult;
import io.backstop.serde.AvroJson;
import java.time.Duration;
import java.time.Instant;

/** Shows terminal results. */
final class ResultView implements RecordView<ActionResult> {
  private static final Table TABLE =
      new Table()
          .column("COMPLETED", 20)
          .column("REQUEST", 36)
          .column("ACTION", 22)
          .column("STATUS", 18)
          .column("CALLS", 5)
          .column("MS", 6)
          .last("NOTE");

  @Override
  public Class<ActionResult> type() {
    return ActionResult.class;
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public String[] row(ActionResult result) {
    Duration took = Duration.between(result.getReceivedAt(), result.getCompletedAt());
    return new String[] {
      RecordView.seconds(result.getCompletedAt()),
      result.getRequestId(),
      result.getPrimaryAction(),
      result.getStatus().name(),
      Integer.toString(result.getAttempts().size()),
      Long.toString(took.toMillis()),
      note(result)
    };
  }

  private static String note(ActionResult result) {
    if (result.getDuplicateOf() != null) {
      return "duplicate of " + result.getDuplicateOf();
    } else if (result.getExecutedViaFallback()) {
      return "by fallback " + result.getFallbackAction();
    } else if (result.getFromCache()) {
      return "from cache";
    }
    return result.getMessage();
  }

  @Override
  public ObjectNode json(ActionResult result) {
    return AvroJson.of(result);
  }

  @Override
  public Instant time(ActionResult result) {
    return result.getCompletedAt();
  }
}
