package io.backstop.admin;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.executor.Json;
import io.backstop.runtime.Address;
import io.backstop.runtime.EndpointAnnouncement;
import io.backstop.runtime.Placement;
import io.backstop.runtime.Stores;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is in the fleet, and what is away. */
final class InstanceQueries {
  static final String PATH = "/v1/instances";

  private final Stores stores;
  private final Peers peers;
  private final Clock clock;

  InstanceQueries(Stores stores, Peers peers, Clock clock) {
    this.stores = stores;
    this.peers = peers;
    this.clock = clock;
  }

  /** Asks each of the others whether it answers. */
  CompletionStage<ObjectNode> instances(Arguments arguments) {
    if (arguments.flag(Gathering.LOCAL.name())) {
      return CompletableFuture.completedFuture(Json.object().put("instance", stores.instance()));
    }
    Placement placement = stores.desk();
    Map<Address, ObjectNode> known = new HashMap<>();
    stores.address().ifPresent(self -> entry(known, self, placement.here()));
    placement.elsewhere().forEach((address, partitions) -> entry(known, address, partitions));
    stores.fleetStates().forEach((key, state) -> announced(known, key, state));
    CompletableFuture<?>[] asked =
        known.entrySet().stream()
            .map(each -> ask(each.getKey(), each.getValue()))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(asked).thenApply(done -> json(known.values(), placement));
  }

  private static ObjectNode entry(
      Map<Address, ObjectNode> known, Address address, Set<Integer> partitions) {
    ObjectNode entry = Json.object().put("url", address.url());
    partitions.stream().sorted().forEach(entry.putArray("partitions")::add);
    known.put(address, entry);
    return entry;
  }

  private void announced(Map<Address, ObjectNode> known, String key, FleetState state) {
    if (!FleetKey.ENDPOINT.matches(key) || state.getEndpoint() == null) {
      return;
    }
    Address address = Address.of(state.getEndpoint().getUrl());
    ObjectNode entry = known.get(address);
    if (entry == null && EndpointAnnouncement.isValid(state.getWrittenAt(), clock.millis())) {
      entry = entry(known, address, Set.of());
    }
    if (entry != null) {
      entry.put("instance", state.getEndpoint().getInstance());
      entry.put("announcedAt", state.getWrittenAt().toString());
    }
  }

  private CompletableFuture<Void> ask(Address address, ObjectNode entry) {
    boolean isSelf = stores.address().filter(address::equals).isPresent();
    entry.put("self", isSelf);
    if (isSelf) {
      entry.put("answers", true);
      return CompletableFuture.completedFuture(null);
    }
    return peers
        .ask(address, PATH + QueryString.of(Map.of(Gathering.LOCAL.name(), List.of("true"))))
        .handle(
            (reply, failure) -> {
              boolean answers = failure == null && reply.status() == 200;
              entry.put("answers", answers);
              if (!answers) {
                entry.put(
                    "why", failure == null ? Gathering.refusal(reply) : peers.reason(failure));
              }
              return null;
            });
  }

  private static ObjectNode json(Collection<ObjectNode> known, Placement placement) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    known.stream().sorted(comparing(each -> each.get("url").asText())).forEach(items::add);
    json.put("partitions", placement.partitions());
    placement.unowned().forEach(json.putArray("unowned")::add);
    return json;
  }
}
