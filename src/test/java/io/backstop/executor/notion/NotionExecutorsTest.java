package io.backstop.executor.notion;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.QueryPayload;
import io.backstop.action.TaskPayload;
import io.backstop.executor.Json;
import io.backstop.executor.StubbedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotionExecutorsTest {
  private static final String PAGE = "{\"object\":\"page\",\"id\":\"p1\"}";
  private static StubbedService notion;

  @BeforeAll
  static void start() {
    notion = new StubbedService();
  }

  @AfterAll
  static void stop() {
    notion.close();
  }

  @Test
  void shouldCreateAPageInADatabase() throws Exception {
    notion.answers(okJson(PAGE));
    var task =
        TaskPayload.newBuilder()
            .setTitle("Call Ada")
            .setDescription("first\nsecond")
            .setContainer("db-1")
            .setStatus("Doing")
            .setDueAt(Instant.parse("2030-01-02T03:04:05Z"))
            .setLabels(List.of("urgent"))
            .setAssignees(List.of("u-1"))
            .setProperties(Map.of("Cost", "{\"number\":3}"))
            .build();

    var outcome = notion.execute(new CreatePage(), task);

    var sent = notion.onlyRequest();
    assertThat(outcome).isEqualTo(new Outcome.Succeeded(PAGE, OptionalInt.of(200)));
    assertThat(sent.getMethod().value()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/base/v1/pages");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer secret");
    assertThat(sent.getHeader("Notion-Version")).isEqualTo("2022-06-28");
    assertThat(sent.getHeader("Content-Type")).startsWith("application/json");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(StubbedService.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(StubbedService.TRACE);
    assertThat(Json.read(sent.getBody()))
        .isEqualTo(
            Json.read(
                """
                {"parent": {"type": "database_id", "database_id": "db-1"},
                 "properties": {
                   "title": {"title": [{"type": "text", "text": {"content": "Call Ada"}}]},
                   "Status": {"status": {"name": "Doing"}},
                   "Due": {"date": {"start": "2030-01-02T03:04:05Z"}},
                   "Tags": {"multi_select": [{"name": "urgent"}]},
                   "Assignee": {"people": [{"object": "user", "id": "u-1"}]},
                   "Cost": {"number": 3}},
                 "children": [
                   {"object": "block", "type": "paragraph", "paragraph":
                     {"rich_text": [{"type": "text", "text": {"content": "first"}}]}},
                   {"object": "block", "type": "paragraph", "paragraph":
                     {"rich_text": [{"type": "text", "text": {"content": "second"}}]}}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "page:p-1, page_id, p-1, 2022-06-28",
    "data-source:s-1, data_source_id, s-1, 2025-09-03"
  })
  void shouldCreateAPageElsewhere(String container, String kind, String id, String version)
      throws Exception {
    notion.answers(okJson(PAGE));

    notion.execute(
        new CreatePage(), TaskPayload.newBuilder().setTitle("T").setContainer(container).build());

    var sent = notion.onlyRequest();
    assertThat(sent.getHeader("Notion-Version")).isEqualTo(version);
    assertThat(Json.read(sent.getBody()).orElseThrow().path("parent"))
        .isEqualTo(Json.object().put("type", kind).put(kind, id));
  }

  @Test
  void shouldSplitTextAtNotionsLimitAndNotInsideACharacter() throws Exception {
    notion.answers(okJson(PAGE));
    String title = "x".repeat(1999) + "\uD83D\uDE00" + "y";

    notion.execute(
        new CreatePage(), TaskPayload.newBuilder().setTitle(title).setContainer("db").build());

    var pieces =
        Json.read(notion.onlyRequest().getBody()).orElseThrow().at("/properties/title/title");
    assertThat(pieces).hasSize(2);
    assertThat(pieces.get(0).at("/text/content").asText()).isEqualTo("x".repeat(1999));
    assertThat(pieces.get(1).at("/text/content").asText()).isEqualTo("\uD83D\uDE00y");
  }

  @Test
  void shouldUpdateAPageUnderTheDatabasesOwnColumnNames() throws Exception {
    notion.answers(okJson(PAGE));
    var config = notion.config().withOptions(Map.of("status-property", "Stand"));
    var task = TaskPayload.newBuilder().setTaskId("p-1").setStatus("Done").build();

    var outcome = notion.execute(new UpdatePage(), task, config, Duration.ofSeconds(20));

    var sent = notion.onlyRequest();
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(sent.getMethod().value()).isEqualTo("PATCH");
    assertThat(sent.getUrl()).isEqualTo("/base/v1/pages/p-1");
    assertThat(sent.getBodyAsString())
        .isEqualTo("{\"properties\":{\"Stand\":{\"status\":{\"name\":\"Done\"}}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "db-1, /base/v1/databases/db-1/query, 2022-06-28",
    "data-source:s-1, /base/v1/data_sources/s-1/query, 2025-09-03"
  })
  void shouldQuery(String container, String path, String version) throws Exception {
    notion.answers(okJson("{\"object\":\"list\",\"results\":[]}"));
    var query =
        QueryPayload.newBuilder()
            .setContainer(container)
            .setFilter("{\"property\":\"Done\",\"checkbox\":{\"equals\":true}}")
            .setSorts("[{\"property\":\"Name\",\"direction\":\"ascending\"}]")
            .setLimit(5)
            .setCursor("next")
            .build();

    var outcome = notion.execute(new QueryDatabase(), query);

    var sent = notion.onlyRequest();
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(sent.getMethod().value()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo(path);
    assertThat(sent.getHeader("Notion-Version")).isEqualTo(version);
    assertThat(Json.read(sent.getBody()))
        .isEqualTo(
            Json.read(
                """
                {"page_size": 5, "start_cursor": "next",
                 "filter": {"property": "Done", "checkbox": {"equals": true}},
                 "sorts": [{"property": "Name", "direction": "ascending"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "400, validation_error, VALIDATION, false",
    "401, unauthorized, AUTHENTICATION, false",
    "403, restricted_resource, AUTHENTICATION, false",
    "404, object_not_found, NOT_FOUND, false",
    "409, conflict_error, CONFLICT, true",
    "429, rate_limited, RATE_LIMITED, true",
    "500, internal_server_error, SERVER_ERROR, true",
    "503, database_connection_unavailable, SERVER_ERROR, true",
    "529, service_overload, SERVER_ERROR, true"
  })
  void shouldClassifyNotionsErrors(int status, String code, FailureClass expected, boolean again)
      throws Exception {
    String error =
        "{\"object\":\"error\",\"status\":%d,\"code\":\"%s\",\"message\":\"because\"}"
            .formatted(status, code);
    notion.answers(aResponse().withStatus(status).withBody(error));

    var outcome =
        notion.execute(
            new UpdatePage(), TaskPayload.newBuilder().setTaskId("p").setTitle("T").build());

    assertThat(outcome)
        .isInstanceOf(again ? Outcome.Retryable.class : Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", expected)
        .hasFieldOrPropertyWithValue("message", code + ": because");
  }

  @Test
  void shouldNameWhatIsWrong() {
    var empty = TaskPayload.newBuilder().build();
    var odd =
        TaskPayload.newBuilder()
            .setTitle("T")
            .setTaskId("../users")
            .setContainer("page:p-1")
            .setDescription("\n".repeat(101))
            .setProperties(Map.of("Cost", "three"))
            .build();
    var query = QueryPayload.newBuilder().setFilter("no").setSorts("{}").setQuery("q").setLimit(0);

    assertThat(StubbedService.problems(new CreatePage(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.title is missing"),
            problem -> assertThat(problem).startsWith("payload.container is missing"));
    assertThat(StubbedService.problems(new CreatePage(), odd))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.description is too long"),
            problem -> assertThat(problem).startsWith("payload.container is a page"),
            problem -> assertThat(problem).startsWith("payload.properties.Cost is not a JSON"));
    assertThat(StubbedService.problems(new UpdatePage(), odd))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.taskId is not an id"),
            problem -> assertThat(problem).startsWith("payload.description cannot be changed"),
            problem -> assertThat(problem).startsWith("payload.properties.Cost is not a JSON"));
    assertThat(StubbedService.problems(new UpdatePage(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.taskId is missing"),
            problem -> assertThat(problem).startsWith("payload.title is missing"));
    assertThat(StubbedService.problems(new QueryDatabase(), query.build()))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.container is missing"),
            problem -> assertThat(problem).startsWith("payload.query does not apply"),
            problem -> assertThat(problem).startsWith("payload.filter is not a JSON object"),
            problem -> assertThat(problem).startsWith("payload.sorts is not a JSON list"),
            problem -> assertThat(problem).startsWith("payload.limit is 0"));
  }
}
