package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.TaskPayload;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One notification in the throttle, however many instances use the fallback. */
class NotificationThrottleIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private static final int INSTANCES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A processor and what it can call. */
  private record Instance(FixedTarget spare, FixedTarget team, ActionProcessor processor) {}

  @TempDir private Path temp;
  private final List<Instance> instances = new ArrayList<>();
  private final List<FixedTarget> teams = new ArrayList<>();
  private ProcessorScenario flow;
  private int published;

  @BeforeEach
  void start() {
    flow =
        new ProcessorScenario(
            BROKER, temp.resolve("unused"), "backstop.notifications.target", "team:tell");
    for (int instance = 0; instance < INSTANCES; instance++) {
      start(instance);
    }
  }

  private void start(int instance) {
    FixedTarget spare = FixedTarget.succeeding("spare:create", PayloadFamily.TASK);
    FixedTarget team = FixedTarget.succeeding("team:tell", PayloadFamily.MESSAGE);
    FixedTarget broken = FixedTarget.failing("broken:create", PayloadFamily.TASK);
    String directory = temp.resolve("instance-" + instance).toString();
    BackstopConfig config = TestConfig.with(flow.settings("backstop.kafka.state-dir", directory));
    Outside outside = TestOutside.of(broken, spare, team);
    ActionProcessor processor = ActionProcessor.start(config, outside, Clock.systemUTC());
    instances.add(new Instance(spare, team, processor));
    teams.add(team);
  }

  @AfterEach
  void close() {
    instances.forEach(instance -> instance.processor().close());
    flow.close();
  }

  @Test
  void shouldNotifyOnceForAllInstancesAndGoOnWhereTheLedgerMovesTo() {
    publishUntil(() -> instances.stream().allMatch(each -> each.spare().requests.size() >= 5));
    awaitReported();
    FallbackStatistics first = statistics();
    while (instances.size() > 1) {
      instances.remove(0).processor().close();
    }
    int before = published;
    publishUntil(() -> published >= before + 20);
    awaitReported();
    FallbackStatistics second = statistics();

    assertThat(first.getNotificationsSent()).isEqualTo(1);
    assertThat(second.getNotificationsSent()).isEqualTo(1);
    ActionRequest notification = notification();
    long told = published - second.getNotificationsSuppressed();
    assertThat(((MessagePayload) notification.getPayload()).getText())
        .contains("broken:create fails, spare:create stands in", "Requests so far: " + told + ",");
    assertThat(second.getByFallbackAction()).containsOnlyKeys("spare:create");
    flow.awaitOutcomes(published + 1);
    flow.readOn();
    assertThat(flow.results())
        .hasSize(published + 1)
        .filteredOn(ActionResult::getExecutedViaFallback)
        .hasSize(published);
    assertThat(flow.letters()).isEmpty();
  }

  private void publishUntil(BooleanSupplier enough) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              publish();
              return enough.getAsBoolean();
            });
  }

  private void publish() {
    String id = "r-" + published;
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId(id)
            .setAction("broken:create")
            .setPayload(TaskPayload.newBuilder().setTitle(id).setContainer("here").build())
            .setPolicy(
                PolicyOverrides.newBuilder().setFallbackSteps(List.of("spare:create")).build())
            .build();
    flow.producer.send(
        new ProducerRecord<>(
            flow.topics.requests(),
            published % ProcessorScenario.PARTITIONS,
            ProcessorScenario.utf8(id),
            flow.encoder.encode(request)));
    published++;
  }

  /** Waits until the fleet's statistics have every request that was published, and no more. */
  private void awaitReported() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(statistics().getAll().getSucceeded()).isEqualTo(published));
  }

  private FallbackStatistics statistics() {
    try (var states = FleetStates.open(TestConfig.with(flow.settings()), problem -> {})) {
      FleetState state = states.read().get(FleetKey.FALLBACKS.of(""));
      assertThat(state).as("published statistics").isNotNull();
      return state.getFallbacks();
    }
  }

  private ActionRequest notification() {
    List<ActionRequest> sent = teams.stream().flatMap(team -> team.requests.stream()).toList();
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }
}
