package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.ResultStatus;
import io.backstop.admin.Gathering.Gathered;
import io.backstop.admin.Gathering.Question;
import io.backstop.executor.Json;
import io.backstop.runtime.Stores;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What became of requests, by idempotency key, wherever in the fleet they were done. */
final class OutcomeQueries {
  static final String PATH = "/v1/outcomes";

  private static final int MOST_KEYS = 100;

  /** Of the keys of one question, encoded: an instance takes 16 KB of request. */
  private static final int MOST_LENGTH = 8_000;

  static final Parameter KEYS =
      new Parameter(
          "key",
          "Idempotency key of a request; can be given several times.",
          new ParameterType.Several(MOST_KEYS, 4_000, false));

  static final List<Parameter> PARAMETERS = List.of(KEYS, Gathering.LOCAL, Gathering.PARTITIONS);

  private final Stores stores;
  private final Gathering gathering;

  OutcomeQueries(Stores stores, Gathering gathering) {
    this.stores = stores;
    this.gathering = gathering;
  }

  CompletionStage<ObjectNode> outcomes(Arguments arguments) {
    List<String> keys = arguments.texts(KEYS.name()).stream().distinct().toList();
    if (keys.isEmpty()) {
      throw new QueryProblem(
          400, "parameter key is missing", Json.object().put("parameter", KEYS.name()));
    }
    return ask(Question.of(arguments, Map.of()), keys).thenApply(found -> json(keys, found));
  }

  /**
   * What became of many requests.
   *
   * @return answers by key, in no order
   */
  CompletableFuture<Gathered<Map<String, ObjectNode>>> lookUp(Collection<String> keys) {
    CompletableFuture<Gathered<Map<String, ObjectNode>>> all =
        CompletableFuture.completedFuture(new Gathered<>(List.of(), List.of()));
    // one after the other: an instance answers only so many at once
    for (List<String> batch : batches(keys)) {
      Question question = new Question(PATH, Map.of(KEYS.name(), batch), false, Optional.empty());
      all = all.thenCompose(found -> ask(question, batch).thenApply(found::and));
    }
    return all;
  }

  static List<List<String>> batches(Collection<String> keys) {
    List<List<String>> batches = new ArrayList<>();
    int length = 0;
    for (String key : keys) {
      int own = URLEncoder.encode(key, StandardCharsets.UTF_8).length();
      List<String> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
      if (last.isEmpty() || last.size() == MOST_KEYS || length + own > MOST_LENGTH) {
        last = new ArrayList<>();
        batches.add(last);
        length = 0;
      }
      last.add(key);
      length += own;
    }
    return batches;
  }

  private CompletableFuture<Gathered<Map<String, ObjectNode>>> ask(
      Question question, List<String> keys) {
    return gathering.askAboutRequests(
        question, partition -> read(partition, keys), OutcomeQueries::read);
  }

  private Map<String, ObjectNode> read(int partition, List<String> keys) {
    Map<String, ObjectNode> found = new TreeMap<>();
    stores.finished(partition, keys).forEach((key, each) -> found.put(key, json(key, each)));
    return found;
  }

  private static Map<String, ObjectNode> read(ObjectNode answer) {
    Map<String, ObjectNode> found = new TreeMap<>();
    for (JsonNode item : answer.path("items")) {
      found.put(item.path("key").asText(), (ObjectNode) item);
    }
    return found;
  }

  private static ObjectNode json(String key, FinishedRequest finished) {
    ActionResult result = finished.getResult();
    return Json.object()
        .put("key", key)
        .put("status", result.getStatus().name())
        .put("finishedAt", finished.getFinishedAt().toString())
        .put("generation", finished.getGeneration())
        .put("requestId", result.getRequestId())
        .put("action", result.getPrimaryAction())
        .put("executedBy", result.getExecutedBy())
        .put("deadLetterId", result.getDeadLetterId())
        .put("message", result.getMessage());
  }

  private static ObjectNode json(List<String> keys, Gathered<Map<String, ObjectNode>> found) {
    Map<String, ObjectNode> byKey = together(found);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    ArrayNode unknown = json.putArray("unknown");
    for (String key : keys) {
      if (byKey.containsKey(key)) {
        items.add(byKey.get(key));
      } else {
        unknown.add(key);
      }
    }
    Missing.say(found.missing(), json);
    return json;
  }

  /** Two partitions have one key where its upstream gave duplicates different record keys. */
  static Map<String, ObjectNode> together(Gathered<Map<String, ObjectNode>> found) {
    Map<String, ObjectNode> byKey = new TreeMap<>();
    for (Map<String, ObjectNode> each : found.answers()) {
      each.forEach((key, one) -> byKey.merge(key, one, OutcomeQueries::better));
    }
    return byKey;
  }

  private static ObjectNode better(ObjectNode one, ObjectNode other) {
    return one.path("status").asText().equals(ResultStatus.SUCCEEDED.name()) ? one : other;
  }
}
