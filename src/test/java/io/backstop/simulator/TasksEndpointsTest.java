package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksEndpointsTest {
  private static final String TASKS = "/google-tasks/tasks/v1/lists/@default/tasks";
  private static Simulator simulator;
  private static SimulatorClient client;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral());
    client = new SimulatorClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static Answer send(String method, String path, String body) {
    return client.send(method, path, body, "Authorization", "Bearer t", "Idempotency-Key", "key-1");
  }

  @Test
  void shouldCreateATaskAndKeepTheDateOnly() {
    simulator.resetStats();

    Answer answer =
        send(
            "POST", TASKS, "{\"title\":\"Call\",\"notes\":\"n\",\"due\":\"2026-03-01T15:30:00Z\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/id")).isNotEmpty();
    assertThat(answer.at("/due")).isEqualTo("2026-03-01T00:00:00.000Z");
    assertThat(answer.at("/status")).isEqualTo("needsAction");
    SimulatorStats.Service seen = simulator.stats().service(EmulatedService.GOOGLE_TASKS);
    assertThat(seen.endpoints()).containsOnlyKeys("createTask");
    assertThat(seen.keys().distinct()).isEqualTo(1);
    assertThat(seen.effects()).isEqualTo(new SimulatorStats.Effects(1, 0));
  }

  @ParameterizedTest
  @CsvSource({"title, 1025", "notes, 8193", "status, 4", "due, 10"})
  void shouldRefuseWhatGoogleRefuses(String field, int length) {
    Answer answer = send("POST", TASKS, "{\"" + field + "\":\"" + "x".repeat(length) + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error/status")).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void shouldNotFindAListThatIsMissing() {
    Answer answer = send("POST", "/google-tasks/tasks/v1/lists/missing/tasks", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/error/status")).isEqualTo("NOT_FOUND");
  }

  @Test
  void shouldListTaskLists() {
    assertThat(send("GET", "/google-tasks/tasks/v1/users/@me/lists", null).at("/items/0/id"))
        .isNotEmpty();
  }
}
