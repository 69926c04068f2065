package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ServiceName;
import io.backstop.action.TargetPause;
import io.backstop.executor.Json;
import java.util.Optional;

/**
 * One target, for people and scripts.
 *
 * @param fallback whether it can be a step of a strategy; empty for a target that only the
 *     processors have
 * @param pause empty while its work goes on
 */
record TargetLine(String target, Optional<Boolean> fallback, Optional<TargetPause> pause) {
  static final Table TABLE =
      new Table()
          .column("TARGET", 26)
          .column("SERVICE", 14)
          .column("FALLBACK", 8)
          .column("PAUSED SINCE", 20)
          .column("BY", 14)
          .last("WHY");

  String text(boolean json) {
    return json ? json().toString() : TABLE.row(row());
  }

  private String[] row() {
    return new String[] {
      target,
      ServiceName.service(target),
      fallback.map(each -> each ? "yes" : "no").orElse(null),
      pause.map(each -> RecordView.seconds(each.getSince())).orElse(null),
      pause.map(TargetPause::getActor).filter(each -> !each.isEmpty()).orElse(null),
      pause.map(TargetPause::getReason).orElse(null)
    };
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("target", target).put("service", ServiceName.service(target));
    json.put("fallback", fallback.orElse(null));
    json.put("paused", pause.isPresent());
    json.put("since", pause.map(each -> each.getSince().toString()).orElse(null));
    json.put("by", pause.map(TargetPause::getActor).orElse(null));
    json.put("reason", pause.map(TargetPause::getReason).orElse(null));
    return json;
  }
}
