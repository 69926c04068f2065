package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackCounts;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceEndpoint;
import io.backstop.action.InstanceFailure;
import io.backstop.action.QueueCounts;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import io.backstop.action.Strategy;
import io.backstop.runtime.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetQueriesTest {
  private static final Instant NOW = SampleLetters.START;
  private final Instance one = new Instance();
  private final Instance other = new Instance();

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private static FleetState.Builder state() {
    return FleetState.newBuilder().setWrittenAt(NOW);
  }

  @Test
  void shouldTellTheStatistics() {
    FallbackStatistics statistics =
        FallbackStatistics.newBuilder()
            .setAll(new FallbackCounts(3L, 2L, 1L, NOW))
            .setQueue(QueueCounts.newBuilder().setWaiting(7).build())
            .build();
    one.stores.fleet.put(FleetKey.FALLBACKS.of(""), state().setFallbacks(statistics).build());

    JsonNode answer = one.json("/v1/statistics");

    assertThat(answer.path("writtenAt").asText()).isEqualTo(NOW.toString());
    assertThat(answer.at("/fallbacks/all/total").asInt()).isEqualTo(3);
    assertThat(answer.at("/fallbacks/queue/waiting").asInt()).isEqualTo(7);
  }

  @Test
  void shouldTellThatNothingWasCounted() {
    assertThat(one.json("/v1/statistics").path("fallbacks").isNull()).isTrue();
  }

  @Test
  void shouldTellWhoSetAStrategy() {
    Strategy strategy = Strategy.newBuilder().setSteps(List.of("csv:log")).build();
    one.stores.fleet.put(
        FleetKey.STRATEGY.of("notion:createPage"),
        state().setStrategy(strategy).setStrategySetBy("ann").build());

    JsonNode item = one.json("/v1/strategies").at("/items/0");

    assertThat(item.path("action").asText()).isEqualTo("notion:createPage");
    assertThat(item.path("setBy").asText()).isEqualTo("ann");
    assertThat(item.at("/strategy/steps/0").asText()).isEqualTo("csv:log");
  }

  @Test
  void shouldTellWhatFailedLately() {
    ServiceFailure failure =
        new ServiceFailure("slack", "slack:postMessage", NOW, FailureClass.TIMEOUT, "too slow");
    RecentFailures recent =
        RecentFailures.newBuilder()
            .setFailures(List.of(new InstanceFailure("i-1", failure)))
            .build();
    one.stores.fleet.put(FleetKey.FAILURES.of("slack"), state().setFailures(recent).build());

    JsonNode item = one.json("/v1/failures").at("/items/0");

    assertThat(item.path("service").asText()).isEqualTo("slack");
    assertThat(item.at("/recent/failures/0/failure/message").asText()).isEqualTo("too slow");
  }

  @Test
  void shouldTellWhoAnswersAndWhoDoesNot() {
    Instance gone = new Instance();
    announce("one", one, Instant.now());
    announce("other", other, Instant.now());
    announce("gone", gone, Instant.now());
    gone.close();
    one.stores.placement =
        new Placement(4, Set.of(0, 1), Map.of(other.server.address(), Set.of(2)));

    JsonNode answer = one.json("/v1/instances");

    assertThat(answer.path("items")).hasSize(3);
    assertThat(answer.path("partitions").asInt()).isEqualTo(4);
    assertThat(answer.path("unowned").toString()).isEqualTo("[3]");
    JsonNode self = item(answer, one);
    assertThat(self.path("self").asBoolean()).isTrue();
    assertThat(self.path("partitions").toString()).isEqualTo("[0,1]");
    assertThat(self.path("instance").asText()).isEqualTo("one");
    assertThat(item(answer, other).path("answers").asBoolean()).isTrue();
    assertThat(item(answer, gone).path("answers").asBoolean()).isFalse();
    assertThat(item(answer, gone).path("why").asText()).isEqualTo("it cannot be reached");
  }

  @Test
  void shouldForgetAnInstanceThatIsSilentForLong() {
    announce("other", other, Instant.now().minus(Duration.ofMinutes(3)));

    JsonNode answer = one.json("/v1/instances");

    assertThat(answer.path("items")).hasSize(1);
  }

  private void announce(String name, Instance instance, Instant at) {
    InstanceEndpoint endpoint = new InstanceEndpoint(instance.server.address().url(), name);
    one.stores.fleet.put(
        FleetKey.ENDPOINT.of(name), state().setWrittenAt(at).setEndpoint(endpoint).build());
  }

  private static JsonNode item(JsonNode answer, Instance instance) {
    for (JsonNode item : answer.path("items")) {
      if (item.path("url").asText().equals(instance.server.address().url())) {
        return item;
      }
    }
    throw new AssertionError(answer.toString());
  }
}
