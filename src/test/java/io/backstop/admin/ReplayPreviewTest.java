package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionResult;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FinishedRequest;
import io.backstop.action.FleetState;
import io.backstop.action.Lineage;
import io.backstop.action.PassedOver;
import io.backstop.action.Resubmission;
import io.backstop.action.ResultStatus;
import io.backstop.action.TargetPause;
import io.backstop.desk.Resubmitting;
import io.backstop.desk.Resubmitting.Verdict.Left;
import io.backstop.desk.Resubmitting.Verdict.Ready;
import io.backstop.runtime.Placement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of three partitions, asked over real HTTP what replays would come to. */
class ReplayPreviewTest {
  private static final String PATH = "/v1/replay-preview";

  /** What the desks say: letters with "bad" in their id are refused again. */
  private static final Resubmitting DESKS =
      (kept, plan, operationId, desk, now) -> {
        var letter = kept.getLetter();
        if (letter.getId().contains("bad")) {
          return new Left(PassedOver.INVALID, "title is missing");
        }
        int generation = letter.getGeneration() + 1;
        if (generation > plan.getMaxGeneration()) {
          return new Left(PassedOver.GENERATION, "generation " + generation);
        }
        String target = Optional.ofNullable(plan.getTo()).orElse(letter.getRequest().getAction());
        var lineage =
            new Lineage(operationId, generation, Optional.of("p"), Optional.of("r"), desk, false);
        return new Ready(
            new Resubmission("actions.requests", 0, null, null, lineage.stamp(List.of())), target);
      };

  @TempDir private Path directory;
  private final Instance one = new Instance();
  private final Instance other = new Instance();
  private final List<DeskOnDriver> desks = new ArrayList<>();

  @BeforeEach
  void spread() {
    for (int partition = 0; partition < 3; partition++) {
      desks.add(new DeskOnDriver(directory.resolve("" + partition)));
    }
    one.stores.parts.putAll(Map.of(0, desks.get(0), 1, desks.get(1)));
    other.stores.parts.put(2, desks.get(2));
    one.stores.placement =
        new Placement(3, Set.of(0, 1), Map.of(other.server.address(), Set.of(2)));
    other.stores.placement =
        new Placement(3, Set.of(2), Map.of(one.server.address(), Set.of(0, 1)));
    one.stores.resubmitting = DESKS;
    other.stores.resubmitting = DESKS;
    for (int number = 0; number < 12; number++) {
      desks.get(number % 3).read(SampleLetters.failed("l-" + number, number));
    }
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    desks.forEach(DeskOnDriver::close);
  }

  private static FinishedRequest finished(String key, ResultStatus status) {
    ActionResult result =
        ActionResult.newBuilder()
            .setRequestId("request-of-" + key)
            .setIdempotencyKey(key)
            .setStatus(status)
            .setPrimaryAction("notion:createPage")
            .setReceivedAt(SampleLetters.START)
            .setCompletedAt(SampleLetters.START)
            .build();
    return FinishedRequest.newBuilder()
        .setFinishedAt(SampleLetters.START.plusSeconds(600))
        .setResult(result)
        .build();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("items").forEach(each -> ids.add(each.path("id").asText()));
    return ids;
  }

  private static Map<String, String> verdicts(JsonNode page) {
    Map<String, String> verdicts = new TreeMap<>();
    page.path("items")
        .forEach(each -> verdicts.put(each.path("id").asText(), each.path("verdict").asText()));
    return verdicts;
  }

  private static String offsets(JsonNode page) {
    return page.path("cutOff").properties().stream()
        .map(each -> each.getKey() + ":" + each.getValue())
        .collect(Collectors.joining(","));
  }

  @Test
  void shouldSayWhatBecomesOfTheLettersOfAllInstances() {
    desks.get(2).read(SampleLetters.failed("bad", 50));

    JsonNode page = one.json(PATH + "?limit=3");

    assertThat(verdicts(page))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("bad", "INVALID", "l-11", "WOULD_EXECUTE", "l-10", "WOULD_EXECUTE"));
    assertThat(page.at("/items/0/message").asText()).isEqualTo("title is missing");
    assertThat(page.at("/items/0/target").isNull()).isTrue();
    assertThat(page.at("/items/1/target").asText()).isEqualTo("notion:createPage");
    assertThat(page.at("/items/1/generation").asInt()).isEqualTo(1);
    assertThat(page.at("/items/1/letter/status").asText()).isEqualTo("OPEN");
    assertThat(page.path("cutOff").toString()).isEqualTo("{\"0\":4,\"1\":4,\"2\":5}");
    assertThat(page.path("partial").asBoolean()).isFalse();
  }

  @Test
  void shouldLeaveOutWhatArrivesAfterTheFirstPageWhateverItsTime() {
    JsonNode first = other.json(PATH + "?limit=5");
    Set<String> all = new HashSet<>(ids(first));
    desks.get(0).read(SampleLetters.failed("late-but-old", 3));
    desks.get(2).read(SampleLetters.failed("late-and-oldest", -3_000));

    String cursor = first.path("next").asText();
    int pages = 1;
    while (!cursor.equals("null")) {
      Instance asked = pages++ % 2 == 0 ? one : other;
      JsonNode page = asked.json(PATH + "?limit=5&cut-off=" + offsets(first) + "&cursor=" + cursor);
      assertThat(page.path("cutOff")).isEqualTo(first.path("cutOff"));
      all.addAll(ids(page));
      cursor = page.path("next").asText();
    }

    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 12).mapToObj(number -> "l-" + number).toList());
    assertThat(ids(one.json(PATH))).hasSize(14);
  }

  @Test
  void shouldSayWhatIsDoneAlreadyWhicheverInstanceHasIt() {
    one.stores.finished.put(1, Map.of("key-l-2", finished("key-l-2", ResultStatus.SUCCEEDED)));
    other.stores.finished.put(
        2,
        Map.of(
            "key-l-1", finished("key-l-1", ResultStatus.SKIPPED),
            "key-l-3", finished("key-l-3", ResultStatus.DEAD_LETTERED)));

    Map<String, String> verdicts = verdicts(one.json(PATH));

    assertThat(verdicts)
        .containsEntry("l-1", "ALREADY_DONE")
        .containsEntry("l-2", "ALREADY_DONE")
        .containsEntry("l-3", "WOULD_EXECUTE");
    assertThat(one.json(PATH + "?id=l-2").at("/items/0/message").asText())
        .isEqualTo("SUCCEEDED at 2026-11-22T12:10:00Z as request request-of-key-l-2");
  }

  @Test
  void shouldSayHowTheTargetsAre() {
    one.stores.settings = new String[] {"backstop.services.notion.calls-per-second", "3"};
    one.stores.fleet.put(
        "circuit:notion",
        FleetState.newBuilder()
            .setWrittenAt(SampleLetters.START)
            .setCircuit(
                CircuitStatus.newBuilder()
                    .setState(CircuitState.OPEN)
                    .setVersion(1)
                    .setSince(SampleLetters.START)
                    .build())
            .build());
    one.stores.fleet.put(
        "pause:slack:postMessage",
        FleetState.newBuilder()
            .setWrittenAt(SampleLetters.START)
            .setPause(
                TargetPause.newBuilder()
                    .setTarget("slack:postMessage")
                    .setSince(SampleLetters.START)
                    .setActor("ann")
                    .setReason("moving")
                    .build())
            .build());

    JsonNode open = one.json(PATH + "?id=l-1");
    JsonNode paused = one.json(PATH + "?id=l-1&to-target=slack:postMessage");

    assertThat(verdicts(open)).containsEntry("l-1", "CIRCUIT_OPEN");
    assertThat(open.path("targets").toString())
        .isEqualTo(
            "{\"notion:createPage\":{\"scope\":\"notion\",\"circuit\":\"OPEN\",\"paused\":false,"
                + "\"callsPerSecond\":3.0}}");
    assertThat(verdicts(paused)).containsEntry("l-1", "PAUSED");
    assertThat(paused.at("/items/0/message").asText()).contains("ann", "moving");
    assertThat(paused.at("/targets/slack:postMessage/callsPerSecond").isNull()).isTrue();
  }

  @Test
  void shouldPreviewSingleLettersAndNameThoseThatAreGone() {
    JsonNode page = one.json(PATH + "?id=l-1,no-such&id=l-2&id=l-1");

    assertThat(verdicts(page))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("l-1", "WOULD_EXECUTE", "l-2", "WOULD_EXECUTE", "no-such", "GONE"));
    assertThat(page.path("items")).hasSize(3);
    assertThat(page.path("cutOff")).isEmpty();
    assertThat(page.path("next").isNull()).isTrue();
  }

  @Test
  void shouldNotCallALetterGoneWhenAPartIsAway() {
    other.close();

    JsonNode page = one.json(PATH + "?id=l-1,l-2");

    assertThat(ids(page)).containsExactly("l-1");
    assertThat(page.path("partial").asBoolean()).isTrue();
    assertThat(page.path("missing").findValuesAsText("why"))
        .containsExactlyInAnyOrder(
            "it cannot be reached", "not known to be done: it cannot be reached");
  }

  @Test
  void shouldTakeTheParametersOfAReplay() {
    assertThat(verdicts(one.json(PATH + "?max-generation=1&id=l-1")))
        .containsEntry("l-1", "WOULD_EXECUTE");
    assertThat(ids(one.json(PATH + "?text=l-11"))).containsExactly("l-11");
    assertThat(ids(one.json(PATH + "?status=resolved"))).isEmpty();
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    assertThat(problem("?id=l-1&action=notion:createPage")).contains("together with id");
    assertThat(problem("?to-target=slack:postMessage&only-failed-step=true")).contains("one of");
    assertThat(problem("?max-generation=0")).contains("a number from 1 to 100");
    assertThat(problem("?id=" + "x,".repeat(100) + "x")).contains("101 values", "at most 100");
    assertThat(problem("?cut-off=1")).contains("offsets by partition");
    assertThat(problem("?id=a,,b")).contains("text of 1 to");
    assertThat(problem("?patch=%5B%5D")).contains("patch is no merge patch");
  }

  private String problem(String query) {
    var response = one.get(PATH + query);
    assertThat(response.statusCode()).isEqualTo(400);
    return Instance.json(response).path("detail").asText();
  }

  @Test
  void shouldSayWhatBecameOfRequests() {
    other.stores.finished.put(2, Map.of("a,b", finished("a,b", ResultStatus.SUCCEEDED)));
    one.stores.finished.put(0, Map.of("a,b", finished("a,b", ResultStatus.DEAD_LETTERED)));

    JsonNode answer = one.json("/v1/outcomes?key=a,b&key=other");

    assertThat(answer.path("items")).hasSize(1);
    assertThat(answer.at("/items/0/status").asText()).isEqualTo("SUCCEEDED");
    assertThat(answer.at("/items/0/finishedAt").asText())
        .isEqualTo(Instant.parse("2026-11-22T12:10:00Z").toString());
    assertThat(answer.path("unknown").toString()).isEqualTo("[\"other\"]");
    assertThat(one.get("/v1/outcomes").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldAskAboutManyKeysInPartsThatARequestHolds() {
    List<String> keys = IntStream.range(0, 250).mapToObj(n -> "é".repeat(20) + n).toList();

    List<List<String>> batches = OutcomeQueries.batches(keys);

    assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(keys);
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 100));
    assertThat(batches).hasSizeGreaterThan(3);
  }
}
