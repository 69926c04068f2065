package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.Outcome;
import io.backstop.action.TaskPayload;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TasksCreateTest {
  @RegisterExtension static final GoogleStub TASKS = new GoogleStub();

  private final TasksCreate create = new TasksCreate();

  private static TaskPayload.Builder task() {
    return TaskPayload.newBuilder().setTitle("Call Ada");
  }

  private LoggedRequest sent(TaskPayload payload) {
    TASKS.stubFor(any(anyUrl()).willReturn(okJson("{\"id\":\"t-1\"}")));

    Outcome outcome = TASKS.execute(create, payload);

    assertThat(outcome).isEqualTo(new Outcome.Succeeded("{\"id\":\"t-1\"}", OptionalInt.of(200)));
    return TASKS.received().get(0);
  }

  @Test
  void shouldCreateATaskInItsList() {
    LoggedRequest sent =
        sent(
            task()
                .setDescription("About the invoice.")
                .setDueAt(Instant.parse("2026-03-01T15:30:00Z"))
                .setStatus("needsAction")
                .setContainer("MDk4NzY1NDMyMQ")
                .setLabels(List.of("urgent"))
                .build());

    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/google-tasks/tasks/v1/lists/MDk4NzY1NDMyMQ/tasks");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer ya29.test");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(GoogleStub.TRACE);
    assertThat(GoogleStub.json(sent.getBodyAsString()))
        .isEqualTo(
            GoogleStub.json(
                """
                {"title":"Call Ada","notes":"About the invoice.","due":"2026-03-01T15:30:00Z",
                 "status":"needsAction"}"""));
  }

  @Test
  void shouldUseTheDefaultListAndSendOnlyWhatIsThere() {
    LoggedRequest sent = sent(task().build());

    assertThat(sent.getUrl()).isEqualTo("/google-tasks/tasks/v1/lists/@default/tasks");
    assertThat(sent.getBodyAsString()).isEqualTo("{\"title\":\"Call Ada\"}");
  }

  @Test
  void shouldAcceptWhatJustFits() {
    TaskPayload payload =
        task()
            .setTitle("t".repeat(TasksCreate.MAX_TITLE))
            .setDescription("d".repeat(TasksCreate.MAX_NOTES))
            .setContainer("@default")
            .build();

    assertThat(GoogleStub.problems(create, payload)).isEmpty();
  }

  @Test
  void shouldNameWhatIsMissingOrWrong() {
    assertThat(GoogleStub.problems(create, TaskPayload.newBuilder().build()))
        .satisfiesExactly(title -> assertThat(title).startsWith("payload.title is missing"));
    assertThat(
            GoogleStub.problems(
                create,
                task()
                    .setTitle("t".repeat(1_025))
                    .setDescription("d".repeat(8_193))
                    .setStatus("open")
                    .setContainer("../x")
                    .build()))
        .satisfiesExactly(
            title -> assertThat(title).startsWith("payload.title is longer than 1024"),
            notes -> assertThat(notes).startsWith("payload.description is longer than 8192"),
            status -> assertThat(status).startsWith("payload.status is 'open'"),
            list -> assertThat(list).startsWith("payload.container is not an id"));
  }
}
