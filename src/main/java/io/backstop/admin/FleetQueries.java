package io.backstop.admin;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.executor.Json;
import io.backstop.runtime.Stores;
import io.backstop.serde.AvroJson;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/** What the fleet has decided and counted: every instance has a copy, so none asks another. */
final class FleetQueries {
  static final Parameter OPERATION =
      new Parameter("id", "Id of the operation.", new ParameterType.Text(200));

  private final Stores stores;

  FleetQueries(Stores stores) {
    this.stores = stores;
  }

  /** Null where nothing has been counted yet. */
  CompletionStage<ObjectNode> statistics(Arguments arguments) {
    Optional<FleetState> state =
        Optional.ofNullable(stores.fleetStates().get(FleetKey.FALLBACKS.of("")));
    Optional<FallbackStatistics> counted = state.map(FleetState::getFallbacks);
    ObjectNode json = Json.object();
    json.put("writtenAt", state.map(each -> each.getWrittenAt().toString()).orElse(null));
    json.set("fallbacks", counted.map(AvroJson::of).orElse(null));
    return CompletableFuture.completedFuture(json);
  }

  CompletionStage<ObjectNode> strategies(Arguments arguments) {
    return items(
        FleetKey.STRATEGY,
        "action",
        (state, item) -> {
          item.put("setBy", state.getStrategySetBy());
          set(item, "strategy", state.getStrategy());
        });
  }

  CompletionStage<ObjectNode> failures(Arguments arguments) {
    return items(
        FleetKey.FAILURES, "service", (state, item) -> set(item, "recent", state.getFailures()));
  }

  CompletionStage<ObjectNode> circuits(Arguments arguments) {
    Map<String, FleetState> states = stores.fleetStates();
    return items(
        FleetKey.CIRCUIT,
        "scope",
        (state, item) -> {
          FleetState calls = states.get(FleetKey.STATISTICS.of(item.get("scope").asText()));
          set(item, "circuit", state.getCircuit());
          set(item, "statistics", calls == null ? null : calls.getStatistics());
        });
  }

  CompletionStage<ObjectNode> operations(Arguments arguments) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    stores.fleetStates().entrySet().stream()
        .filter(each -> FleetKey.OPERATION.matches(each.getKey()))
        .filter(each -> each.getValue().getOperation() != null)
        .sorted(comparing(each -> each.getValue().getOperation().getStartedAt(), reverseOrder()))
        .forEach(each -> items.add(operation(each.getKey(), each.getValue())));
    return CompletableFuture.completedFuture(json);
  }

  CompletionStage<ObjectNode> operation(Arguments arguments) {
    String id = arguments.text(OPERATION.name()).orElseThrow();
    String key = FleetKey.OPERATION.of(id);
    FleetState state = stores.fleetStates().get(key);
    if (state == null || state.getOperation() == null) {
      throw new QueryProblem(404, "no operation " + id + " is known");
    }
    return CompletableFuture.completedFuture(operation(key, state));
  }

  private static ObjectNode operation(String key, FleetState state) {
    ObjectNode json = Json.object().put("id", FleetKey.OPERATION.scope(key));
    json.put("writtenAt", state.getWrittenAt().toString());
    json.setAll(AvroJson.of(state.getOperation()));
    return json;
  }

  private CompletionStage<ObjectNode> items(
      FleetKey kind, String name, BiConsumer<FleetState, ObjectNode> content) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    stores
        .fleetStates()
        .forEach(
            (key, state) -> {
              if (kind.matches(key)) {
                ObjectNode item = items.addObject().put(name, kind.scope(key));
                item.put("writtenAt", state.getWrittenAt().toString());
                content.accept(state, item);
              }
            });
    return CompletableFuture.completedFuture(json);
  }

  private static void set(ObjectNode item, String member, SpecificRecord value) {
    item.set(member, value == null ? null : AvroJson.of(value));
  }
}
