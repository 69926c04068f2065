package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.CircuitState;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ResultStatus;
import io.backstop.client.QueryClient;
import io.backstop.client.TargetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What would become of requests of the past if they were replayed now: asked for by idempotency
 * key, some at once, so that as many requests as there may be are counted in bounded memory. For
 * one thread.
 */
final class PastPreview {
  static final String PATH = "/v1/outcomes";
  static final String WOULD_EXECUTE = "WOULD_EXECUTE";
  static final String ALREADY_DONE = "ALREADY_DONE";
  static final String REPLAYED_SINCE = "REPLAYED_SINCE";
  static final String CIRCUIT_OPEN = "CIRCUIT_OPEN";
  static final String PAUSED = "PAUSED";

  private static final int AT_ONCE = 100;

  /** Of the keys of one question, encoded: an instance takes 16 KB of request. */
  private static final int MOST_LENGTH = 8_000;

  private record Waiting(String place, String key, String target, int generation) {}

  private final Optional<Asking> asking;
  private final boolean forced;
  private final Function<String, TargetState> states;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, Long> verdicts = new TreeMap<>();
  private final Map<String, Long> targets = new TreeMap<>();
  private final Map<String, Long> calls = new TreeMap<>();
  private final Map<String, String> shown = new HashMap<>();
  private int length;

  /**
   * @param asking empty where no instance answers: then nothing is known to be done
   * @param forced whether what is done already is done again
   * @param states how a target is
   * @param shown places of those whose own verdict is to be kept, as {@link PastSelection.Row} has
   *     them
   */
  PastPreview(
      Optional<Asking> asking,
      boolean forced,
      Function<String, TargetState> states,
      List<String> shown) {
    this.asking = asking;
    this.forced = forced;
    this.states = states;
    shown.forEach(place -> this.shown.put(place, "-"));
  }

  /**
   * @param target that it would be sent to
   */
  void add(OriginalRecord original, ActionRequest request, String target) {
    String key = IdempotencyKey.of(request);
    int own = QueryClient.encoded(key).length() + "&key=".length();
    if (waiting.size() == AT_ONCE || !waiting.isEmpty() && length + own > MOST_LENGTH) {
      judge();
    }
    String place = original.getPartition() + "@" + original.getOffset();
    waiting.add(new Waiting(place, key, target, Lineage.generation(original) + 1));
    length += own;
  }

  /** Judges those that were added last, too. */
  void finish() {
    judge();
  }

  private void judge() {
    Map<String, JsonNode> outcomes = new HashMap<>();
    if (!waiting.isEmpty()) {
      asking.ifPresent(each -> ask(each, outcomes));
    }
    for (Waiting each : waiting) {
      String verdict = verdict(each, outcomes.get(each.key()));
      verdicts.merge(verdict, 1L, Long::sum);
      targets.merge(each.target(), 1L, Long::sum);
      shown.computeIfPresent(each.place(), (place, none) -> verdict);
      if (!verdict.equals(ALREADY_DONE) && !verdict.equals(REPLAYED_SINCE)) {
        calls.merge(states.apply(each.target()).scope(), 1L, Long::sum);
      }
    }
    waiting.clear();
    length = 0;
  }

  private void ask(Asking instance, Map<String, JsonNode> outcomes) {
    String query =
        waiting.stream()
            .map(Waiting::key)
            .distinct()
            .map(key -> "key=" + QueryClient.encoded(key))
            .collect(Collectors.joining("&", "?", ""));
    instance
        .get(PATH + query, Map.of())
        .path("items")
        .forEach(item -> outcomes.put(item.path("key").asText(), item));
  }

  /** As the idempotency check of the processors lets a replay through or not. */
  private String verdict(Waiting request, JsonNode outcome) {
    if (outcome != null && outcome.path("generation").asInt() >= request.generation()) {
      return REPLAYED_SINCE;
    } else if (outcome != null
        && !forced
        && !outcome.path("status").asText().equals(ResultStatus.DEAD_LETTERED.name())) {
      return ALREADY_DONE;
    }
    TargetState state = states.apply(request.target());
    if (state.pause().isPresent()) {
      return PAUSED;
    }
    return state.takesCalls() || state.circuit() == CircuitState.UNKNOWN
        ? WOULD_EXECUTE
        : CIRCUIT_OPEN;
  }

  /** Whether what is done already is known. */
  boolean knowsOutcomes() {
    return asking.isPresent();
  }

  /** How many requests of each verdict. */
  Map<String, Long> verdicts() {
    return new TreeMap<>(verdicts);
  }

  String verdict(String place) {
    return shown.getOrDefault(place, "-");
  }

  /** How many requests are sent to each target. */
  Map<String, Long> targets() {
    return new TreeMap<>(targets);
  }

  TargetState state(String target) {
    return states.apply(target);
  }

  /** What is sent in, and what of it leads to calls. */
  ReplayTime.Load load() {
    Map<String, Double> limits = new TreeMap<>();
    for (String target : targets.keySet()) {
      TargetState state = states.apply(target);
      state.callsPerSecond().ifPresent(limit -> limits.put(state.scope(), limit));
    }
    long requests = targets.values().stream().mapToLong(Long::longValue).sum();
    return new ReplayTime.Load(requests, Map.copyOf(calls), limits);
  }
}
