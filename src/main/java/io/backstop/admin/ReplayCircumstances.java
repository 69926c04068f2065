package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.CircuitState;
import io.backstop.action.ResultStatus;
import io.backstop.action.TargetPause;
import io.backstop.client.TargetState;
import io.backstop.executor.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What would become of requests once they were sent in.
 *
 * @param outcomes of earlier requests with the same key, as {@link OutcomeQueries} answers
 * @param targets how each is
 */
record ReplayCircumstances(Map<String, ObjectNode> outcomes, Map<String, TargetState> targets) {
  private static final Set<String> NOTHING_LEFT_TO_DO =
      Set.of(ResultStatus.SUCCEEDED.name(), ResultStatus.SKIPPED.name());

  /** What is left as it is stays so. */
  PreviewedLetter judge(PreviewedLetter letter) {
    if (letter.verdict() != Verdict.WOULD_EXECUTE) {
      return letter;
    }
    String key = letter.letter().getIdempotencyKey();
    ObjectNode outcome = key == null ? null : outcomes.get(key);
    if (outcome != null && NOTHING_LEFT_TO_DO.contains(outcome.path("status").asText())) {
      return letter.but(
          Verdict.ALREADY_DONE,
          "%s at %s as request %s"
              .formatted(
                  outcome.path("status").asText(),
                  outcome.path("finishedAt").asText(),
                  outcome.path("requestId").asText()));
    }
    TargetState state = letter.target().map(targets::get).orElse(null);
    if (state == null) {
      return letter;
    } else if (state.pause().isPresent()) {
      return letter.but(Verdict.PAUSED, paused(letter.target().get(), state.pause().get()));
    } else if (!state.takesCalls() && state.circuit() != CircuitState.UNKNOWN) {
      return letter.but(
          Verdict.CIRCUIT_OPEN, "the circuit of " + state.scope() + " is " + state.circuit());
    }
    return letter;
  }

  private static String paused(String target, TargetPause pause) {
    String why = Optional.ofNullable(pause.getReason()).map(each -> ": " + each).orElse("");
    return "%s is paused by %s since %s%s"
        .formatted(target, pause.getActor(), pause.getSince(), why);
  }

  static ObjectNode json(TargetState state) {
    ObjectNode json = Json.object();
    json.put("scope", state.scope());
    json.put("circuit", state.circuit().name());
    json.put("paused", state.pause().isPresent());
    json.put(
        "callsPerSecond",
        state.callsPerSecond().isPresent() ? state.callsPerSecond().getAsDouble() : null);
    return json;
  }
}
