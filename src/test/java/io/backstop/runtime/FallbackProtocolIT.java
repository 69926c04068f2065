package io.backstop.runtime;

import static io.backstop.simulator.EmulatedService.DRIVE;
import static io.backstop.simulator.EmulatedService.EMAIL;
import static io.backstop.simulator.EmulatedService.GMAIL;
import static io.backstop.simulator.EmulatedService.GOOGLE_TASKS;
import static io.backstop.simulator.EmulatedService.NOTION;
import static io.backstop.simulator.EmulatedService.SHEETS;
import static io.backstop.simulator.EmulatedService.SLACK;
import static io.backstop.simulator.EmulatedService.TRELLO;
import static io.backstop.simulator.EmulatedService.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.ResultStatus;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a service is down its work is really done elsewhere, over the real protocols. */
class FallbackProtocolIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final String PAGE_CONTAINER = "0123456789abcdef0123456789abcdef";
  private static final List<String> TASK_STEPS =
      List.of("trello:createCard", "google-tasks:create", "csv:log");

  @TempDir private static Path temp;
  private static SimulatedServices services;
  private static ProcessorScenario flow;
  private static ActionProcessor processor;

  @BeforeAll
  static void start() {
    services = new SimulatedServices(temp);
    flow =
        new ProcessorScenario(
            BROKER,
            temp.resolve("state"),
            services.settings(
                "backstop.retry.max-attempts", "1",
                "backstop.circuit.failure-threshold", "100",
                "backstop.fallback.parking.delay", "1s",
                "backstop.fallback.strategies.\"notion:updatePage\".enabled", "false"));
    processor = start(flow);
  }

  private static ActionProcessor start(ProcessorScenario scenario, String... changes) {
    var config = TestConfig.with(scenario.settings(changes));
    return ActionProcessor.start(config, Outside.configured(config), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    assertThat(processor.fatal()).isNotDone();
    processor.close();
    flow.close();
    services.close();
  }

  private static ActionRequest task(String id) {
    return request(id, "notion:createPage", page(id).build());
  }

  private static TaskPayload.Builder page(String id) {
    return TaskPayload.newBuilder()
        .setTitle("Title of " + id)
        .setContainer(PAGE_CONTAINER)
        .setDueAt(Instant.parse("2026-11-22T12:30:00Z"))
        .setAssignees(List.of("0a1b2c3d4e5f60718293a4b5c6d7e8f9"));
  }

  private static ActionRequest slack(String id) {
    return request(
        id,
        "slack:postMessage",
        MessagePayload.newBuilder()
            .setRecipients(List.of("C0123456789"))
            .setText("Text of " + id)
            .build());
  }

  private static ActionRequest mail(String id) {
    return request(
        id,
        "gmail:send",
        MessagePayload.newBuilder()
            .setRecipients(List.of("ada@example.com"))
            .setSubject("Subject of " + id)
            .setText("Text of " + id)
            .build());
  }

  private static ActionRequest row(String id, String action) {
    return request(
        id,
        action,
        TablePayload.newBuilder()
            .setDocument("a-sheet")
            .setRange("Orders!A1:B")
            .setRows(List.of(List.of("cell of " + id, 7L)))
            .build());
  }

  private static ActionRequest request(String id, String action, Object payload) {
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction(action)
        .setPayload(payload)
        .build();
  }

  private static ActionResult resultOf(ActionRequest request) {
    publish(flow, request);
    return flow.awaitResult(request.getRequestId());
  }

  private static DeadLetter letterOf(ProcessorScenario scenario, ActionRequest request) {
    publish(scenario, request);
    return scenario.awaitLetter(request.getRequestId());
  }

  private static void publish(ProcessorScenario scenario, ActionRequest request) {
    scenario.publish(request);
    scenario.producer.flush();
  }

  /** The history shows each target once, in this order, and only the last one did it. */
  private static void assertDoneBy(ActionResult result, String... targets) {
    String last = targets[targets.length - 1];
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getExecutedBy()).isEqualTo(last);
    assertThat(result.getExecutedViaFallback()).isTrue();
    assertThat(result.getFallbackAction()).isEqualTo(last);
    assertThat(result.getFallbackSource()).isEqualTo("configuration");
    assertThat(result.getPrimaryAction()).isEqualTo(targets[0]);
    assertThat(result.getOriginalError()).startsWith("SERVER_ERROR: ");
    assertThat(result.getMessage()).isNotBlank();
    assertThat(result.getAttempts()).extracting(Attempt::getTarget).containsExactly(targets);
    assertThat(result.getAttempts())
        .extracting(Attempt::getOutcome)
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(targets).skip(1).map(each -> AttemptOutcome.RETRYABLE),
                    Stream.of(AttemptOutcome.SUCCEEDED))
                .toList());
  }

  @Test
  void shouldMakeATrelloCardWhileNotionIsDown() {
    services.onlyDown(NOTION);
    long before = services.effects(TRELLO);

    ActionResult result = resultOf(task("card"));

    assertDoneBy(result, "notion:createPage", "trello:createCard");
    assertThat(result.getLosses()).anyMatch(loss -> loss.contains("assignees"));
    assertThat(result.getResponseData())
        .contains("Title of card", "2026-11-22T12:30", SimulatedServices.TRELLO_LIST);
    assertThat(services.effects(TRELLO)).isEqualTo(before + 1);
  }

  @Test
  void shouldMakeAGoogleTaskWhileNotionAndTrelloAreDown() {
    services.onlyDown(NOTION, TRELLO);
    long before = services.effects(GOOGLE_TASKS);

    ActionResult result = resultOf(task("task"));

    assertDoneBy(result, "notion:createPage", "trello:createCard", "google-tasks:create");
    assertThat(result.getLosses()).anyMatch(loss -> loss.startsWith("due"));
    assertThat(services.effects(GOOGLE_TASKS)).isEqualTo(before + 1);
  }

  @Test
  void shouldWriteALineWhileAllTaskServicesAreDown() {
    services.onlyDown(NOTION, TRELLO, GOOGLE_TASKS);

    ActionResult result = resultOf(task("line"));

    assertDoneBy(
        result, "notion:createPage", "trello:createCard", "google-tasks:create", "csv:log");
    assertThat(String.join("", services.files("csv")).lines())
        .filteredOn(line -> line.contains(",line,"))
        .singleElement()
        .asString()
        .contains("notion:createPage", "SERVER_ERROR", "Title of line");
  }

  @Test
  void shouldSendAMailWhileSlackIsDown() {
    services.onlyDown(SLACK);

    ActionResult result = resultOf(slack("mailed"));

    assertDoneBy(result, "slack:postMessage", "email:notification");
    assertThat(services.files("mailbox"))
        .filteredOn(mail -> mail.contains("Text of mailed"))
        .singleElement()
        .asString()
        .contains("ops@example.com", "slack:postMessage");
  }

  @Test
  void shouldPostAWebhookWhileSlackAndMailAreDown() {
    services.onlyDown(SLACK, EMAIL);
    long before = services.effects(WEBHOOK);

    ActionResult result = resultOf(slack("posted"));

    assertDoneBy(result, "slack:postMessage", "email:notification", "webhook:post");
    assertThat(services.effects(WEBHOOK)).isEqualTo(before + 1);
  }

  @Test
  void shouldKeepAFileHereWhileDriveIsDown() {
    services.onlyDown(DRIVE);

    ActionResult result =
        resultOf(
            request(
                "kept",
                "drive:upload",
                FilePayload.newBuilder()
                    .setName("kept.txt")
                    .setContent(ByteBuffer.wrap(ProcessorScenario.utf8("content of kept")))
                    .build()));

    assertDoneBy(result, "drive:upload", "local:backup");
    assertThat(services.files("local"))
        .filteredOn(file -> file.contains("\"kept\""))
        .singleElement()
        .asString()
        .contains("drive:upload", "kept.txt");
  }

  @ParameterizedTest
  @CsvSource({"appended, sheets:append", "updated, sheets:update"})
  void shouldWriteRowsHereWhileSheetsIsDown(String id, String action) {
    services.onlyDown(SHEETS);

    ActionResult result = resultOf(row(id, action));

    assertDoneBy(result, action, "csv:log");
    assertThat(String.join("", services.files("csv")).lines())
        .filteredOn(line -> line.contains("cell of " + id))
        .singleElement()
        .asString()
        .contains("a-sheet", "Orders!A1:B", action);
  }

  @Test
  void shouldParkAMailUntilGmailIsBack() {
    services.onlyDown(GMAIL, WEBHOOK);
    publish(flow, mail("parked"));
    FleetScenario.await(
        "the webhook was tried",
        () ->
            services.simulator.calls(WEBHOOK).stream()
                .anyMatch(
                    each ->
                        each.answer().isPresent() && each.answer().get().status().equals("503")));
    flow.readOn();
    assertThat(flow.results()).noneMatch(result -> result.getRequestId().equals("parked"));
    long before = services.effects(GMAIL);
    services.onlyDown();

    ActionResult result = flow.awaitResult("parked");

    assertThat(result.getExecutedBy()).isEqualTo("gmail:send");
    assertThat(result.getExecutedViaFallback()).isTrue();
    assertThat(result.getFallbackAction()).isEqualTo("queue:retry");
    assertThat(result.getOriginalError()).startsWith("SERVER_ERROR");
    assertThat(result.getAttempts())
        .extracting(each -> each.getTarget() + " " + each.getOutcome())
        .startsWith("gmail:send RETRYABLE", "webhook:post RETRYABLE", "queue:retry PARKED")
        .endsWith("gmail:send SUCCEEDED");
    assertThat(services.effects(GMAIL)).isEqualTo(before + 1);
  }

  @Test
  void shouldTakeNoFallbackWhereTheActionHasThemSwitchedOff() {
    services.onlyDown(NOTION);

    DeadLetter letter =
        letterOf(
            flow,
            request(
                "off-for-one",
                "notion:updatePage",
                TaskPayload.newBuilder()
                    .setTaskId("0123456789abcdef0123456789abcdef")
                    .setTitle("New")
                    .build()));

    assertDeadAtOnce(letter, "notion:updatePage");
  }

  @Test
  void shouldTakeNoFallbackAtAllWhereTheyAreSwitchedOff() {
    services.onlyDown(NOTION, SLACK);
    PolicyOverrides policy =
        PolicyOverrides.newBuilder().setFallbackSteps(List.of("webhook:post")).build();
    ActionRequest withOwnSteps =
        ActionRequest.newBuilder(slack("own-steps")).setPolicy(policy).build();
    try (var scenario =
            new ProcessorScenario(
                BROKER,
                temp.resolve("off"),
                services.settings(
                    "backstop.retry.max-attempts", "1", "ENABLE_FALLBACKS", "false"));
        var switchedOff = start(scenario)) {
      assertDeadAtOnce(letterOf(scenario, task("off")), "notion:createPage");
      assertDeadAtOnce(letterOf(scenario, withOwnSteps), "slack:postMessage");

      assertThat(switchedOff.fatal()).isNotDone();
      assertThat(scenario.results()).isEmpty();
    }
  }

  private static void assertDeadAtOnce(DeadLetter letter, String action) {
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(letter.getAttempts()).extracting(Attempt::getTarget).containsExactly(action);
  }

  @Test
  void shouldDoWhatAnotherSystemHasWrittenToTheTopicOfAStepOnce() {
    services.onlyDown(TRELLO);
    long tasks = services.effects(GOOGLE_TASKS);
    ActionRequest request = task("foreign");
    byte[] key = ProcessorScenario.utf8("foreign");
    String topic = flow.topics.fallback("trello:createCard");
    byte[] value =
        flow.encoder(topic, FallbackRequest.class)
            .encode(
                FallbackRequest.newBuilder()
                    .setRequest(request)
                    .setIdempotencyKey("key-of-foreign")
                    .setOriginal(
                        OriginalRecord.newBuilder()
                            .setTopic("their.topic")
                            .setPartition(-1)
                            .setOffset(-1)
                            .setTimestamp(1_000)
                            .setValue(ByteBuffer.wrap(flow.encoder.encode(request)))
                            .build())
                    .setSteps(TASK_STEPS)
                    .setPosition(0)
                    .setSource("their router")
                    .setReceivedAt(Instant.now())
                    .build());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);

    flow.producer.send(record);
    flow.producer.flush();
    ActionResult result = flow.awaitResult("foreign");
    flow.producer.send(record);
    flow.producer.flush();
    ActionResult again = awaitDuplicate("foreign");

    assertThat(result.getExecutedBy()).isEqualTo("google-tasks:create");
    assertThat(result.getFallbackSource()).isEqualTo("their router");
    assertThat(result.getIdempotencyKey()).isEqualTo("key-of-foreign");
    assertThat(result.getAttempts())
        .extracting(Attempt::getTarget)
        .containsExactly("trello:createCard", "google-tasks:create");
    assertThat(again.getExecutedBy()).isEqualTo("google-tasks:create");
    assertThat(services.effects(GOOGLE_TASKS)).isEqualTo(tasks + 1);
  }

  private static ActionResult awaitDuplicate(String original) {
    FleetScenario.await(
        "a duplicate of " + original,
        () -> {
          flow.readOn();
          return duplicates(original).findAny().isPresent();
        });
    return duplicates(original).findFirst().orElseThrow();
  }

  private static Stream<ActionResult> duplicates(String original) {
    return flow.results().stream().filter(each -> original.equals(each.getDuplicateOf()));
  }
}
