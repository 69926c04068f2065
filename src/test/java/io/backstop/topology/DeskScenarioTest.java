package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.Outcome;
import io.backstop.action.ReasonCode;
import io.backstop.action.SelectLetters;
import io.backstop.action.Selection;
import io.backstop.action.StoreNames;
import io.backstop.action.TaskPayload;
import io.backstop.desk.DeskReader;
import io.backstop.desk.FoundGroup;
import io.backstop.desk.GroupQuery;
import io.backstop.desk.LetterFilter;
import io.backstop.desk.LetterQuery;
import io.backstop.serde.KafkaHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be done anywhere is on the desk, with everything needed to understand it. */
class DeskScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.services.notion.retry.max-attempts",
            "1",
            "backstop.fallback.targets.\"trello:createCard\".container",
            "list-1");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldHaveEveryKindOfDeadLetter() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    flow.publish("k".getBytes(StandardCharsets.UTF_8), "oops".getBytes(StandardCharsets.UTF_8));
    flow.publish(ActionRequest.newBuilder(request("r-3")).setAction("notion:fly").build());
    flow.publish(
        ActionRequest.newBuilder(request("r-4"))
            .setDeadline(ActionScenario.START.minusSeconds(1))
            .build());
    flow.tick();

    List<DeadLetter> written = flow.deadLetters();
    assertThat(list(flow))
        .extracting(LetterSummary::getReasonCode)
        .containsExactlyInAnyOrder(
            ReasonCode.EXHAUSTED, ReasonCode.UNDECODABLE, ReasonCode.INVALID, ReasonCode.EXPIRED);
    assertThat(written).hasSize(4);
    for (DeadLetter letter : written) {
      assertThat(reader(flow).find(letter.getId()).orElseThrow().getLetter()).isEqualTo(letter);
    }
  }

  @Test
  void shouldCountAlikeFailuresOfRequestsTogether() {
    for (int page = 0; page < 3; page++) {
      flow.publish(request("r-" + page));
      fail(flow, "page " + page + " is gone");
    }

    FoundGroup group = onlyGroup(flow);
    assertThat(group.group().getCount()).isEqualTo(3);
    assertThat(group.group().getTarget()).isEqualTo("notion:createPage");
    assertThat(group.group().getMessage()).isEqualTo("page # is gone");
    assertThat(list(flow))
        .extracting(LetterSummary::getFingerprint)
        .containsOnly(group.fingerprint());
  }

  @Test
  void shouldStillHaveThemAfterARestart() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    List<LetterSummary> before = list(flow);

    flow = flow.restart(Duration.ofSeconds(3));
    // the test driver counts offsets anew, and a letter's id is that of its original's place
    flow.publish(request("r-2"));
    flow.calls.remove(0).succeed("{}");
    flow.publish(request("r-3"));
    fail(flow, "page 18 is gone");

    assertThat(before).hasSize(1);
    assertThat(list(flow)).hasSize(2).containsAll(before);
    assertThat(onlyGroup(flow).group().getCount()).isEqualTo(2);
  }

  @Test
  void shouldWriteNoDeadLetterAboutWhatIsNoneOnItsOwnTopic() {
    TestInputTopic<byte[], byte[]> topic =
        flow.driver.createInputTopic(
            "actions.dead-letters", new ByteArraySerializer(), new ByteArraySerializer());
    topic.pipeInput(new byte[0], new byte[] {1, 2, 3});
    topic.pipeInput(new byte[0], (byte[]) null);
    topic.pipeInput(new byte[0], new byte[5_000_000]);
    flow.tick();

    assertThat(flow.deadLetters()).isEmpty();
    assertThat(list(flow))
        .hasSize(3)
        .allMatch(letter -> letter.getFailureClass() == FailureClass.UNDECODABLE)
        .allMatch(letter -> letter.getId().startsWith("actions.dead-letters-0-"));
    assertThat(reader(flow).find("actions.dead-letters-0-2").orElseThrow().getLetter())
        .matches(DeadLetter::getOriginalTruncated);
  }

  @Test
  void shouldSendALetterInAgainAsItCame() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    String letter = list(flow).get(0).getId();
    TestOutputTopic<byte[], byte[]> again = flow.output("actions.requests");

    order(select(letter, OperationPlan.newBuilder().setKind(OperationKind.REPLAY)));
    flow.tick(Duration.ofMillis(20));
    order(DeskOrder.newBuilder().setOperationId("op").setAt(ActionScenario.START).setRelease(1));
    flow.tick(Duration.ofMillis(100));

    TestRecord<byte[], byte[]> sent = again.readRecord();
    assertThat(sent.getKey()).isEqualTo("r-1".getBytes(StandardCharsets.UTF_8));
    assertThat(sent.getValue()).isEqualTo(flow.requestEncoder.encode(request("r-1")));
    assertThat(Lineage.of(KafkaHeaders.keep(sent.headers())))
        .contains(new Lineage("op", 1, Optional.of(letter), Optional.of(letter), 0, false));
    assertThat(reports())
        .last()
        .matches(report -> report.getChanged() == 1)
        .matches(report -> report.getSelected().getTargets().containsKey("notion:createPage"));
    assertThat(reader(flow).find(letter).orElseThrow().getStatus()).isNotEqualTo(LetterStatus.OPEN);
  }

  @Test
  void shouldSendALetterStraightToAnotherTarget() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    TestOutputTopic<byte[], byte[]> again = flow.output("actions.fallback.trello.createCard");

    order(
        select(
            list(flow).get(0).getId(),
            OperationPlan.newBuilder()
                .setKind(OperationKind.REPLAY)
                .setTo("trello:createCard")
                .setPatch("{\"title\":\"Mended\"}")));
    order(DeskOrder.newBuilder().setOperationId("op").setAt(ActionScenario.START).setRelease(1));
    flow.tick(Duration.ofMillis(20));
    flow.tick(Duration.ofMillis(20));

    assertThat(Lineage.of(KafkaHeaders.keep(again.readRecord().headers()))).isPresent();
  }

  @Test
  void shouldSayThatARequestWouldBeRefusedAgain() {
    flow.publish(ActionRequest.newBuilder(request("r-3")).setAction("notion:fly").build());

    order(
        select(
            list(flow).get(0).getId(), OperationPlan.newBuilder().setKind(OperationKind.REPLAY)));
    order(DeskOrder.newBuilder().setOperationId("op").setAt(ActionScenario.START).setRelease(1));
    flow.tick(Duration.ofMillis(20));
    flow.tick(Duration.ofMillis(20));
    flow.tick(Duration.ofMillis(100));

    assertThat(reports()).last().matches(each -> each.getPassedOver().get("INVALID") == 1);
  }

  @Test
  void shouldResolveALetterWhoseReplaySucceeds() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    String letter = list(flow).get(0).getId();

    replay("op", letter);
    flow.calls.remove(0).succeed("{}");
    flow.tick();
    flow.tick(Duration.ofMillis(100));

    assertThat(status(letter)).isEqualTo(LetterStatus.RESOLVED);
    assertThat(reports()).last().matches(report -> report.getSucceeded() == 1);
    assertThat(onlyGroup(flow).group().getOpen()).isZero();
  }

  @Test
  void shouldFollowALineageFromOneFailedReplayToTheNext() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    String first = list(flow).get(0).getId();

    replay("op1", first);
    fail(flow, "page 17 is gone");
    String second = reader(flow).find(first).orElseThrow().getChildId();
    replay("op2", second);
    fail(flow, "page 17 is gone");
    String third = reader(flow).find(second).orElseThrow().getChildId();

    assertThat(reader(flow).find(third).orElseThrow().getLetter())
        .matches(letter -> letter.getGeneration() == 2)
        .matches(letter -> letter.getParentId().equals(second))
        .matches(letter -> letter.getRootId().equals(first));
    assertThat(onlyGroup(flow).group().getCount()).isEqualTo(1);
    assertThat(onlyGroup(flow).group().getOpen()).isEqualTo(1);

    replay("op3", third);
    flow.calls.remove(0).succeed("{}");
    flow.tick();

    assertThat(List.of(status(first), status(second), status(third)))
        .containsOnly(LetterStatus.RESOLVED);
    assertThat(onlyGroup(flow).group().getOpen()).isZero();
  }

  @Test
  void shouldResolveALetterThatWasReplayedStraightToAnotherTarget() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    String letter = list(flow).get(0).getId();
    OperationPlan.Builder plan =
        OperationPlan.newBuilder()
            .setKind(OperationKind.REPLAY)
            .setTo("trello:createCard")
            .setPatch("{\"title\":\"Mended\"}");

    replay("op", letter, plan);
    ActionScenario.Call call = flow.calls.remove(0);
    call.succeed("{}");
    flow.tick();

    assertThat(call.request().getAction()).isEqualTo("trello:createCard");
    assertThat(((TaskPayload) call.request().getPayload()).getTitle()).isEqualTo("Mended");
    assertThat(status(letter)).isEqualTo(LetterStatus.RESOLVED);
  }

  @Test
  void shouldGoOnInALetterOfItsOwnWhereATargetFailsThatItWentStraightTo() {
    flow.publish(request("r-1"));
    fail(flow, "page 17 is gone");
    String letter = list(flow).get(0).getId();
    OperationPlan.Builder plan =
        OperationPlan.newBuilder().setKind(OperationKind.REPLAY).setTo("trello:createCard");

    replay("op", letter, plan);
    fail(flow, "no such list");

    assertThat(status(letter)).isEqualTo(LetterStatus.REPLAYED);
    assertThat(reader(flow).find(letter).orElseThrow().getChildId()).isEqualTo(letter + "~1");
    assertThat(status(letter + "~1")).isEqualTo(LetterStatus.OPEN);
  }

  private void replay(String operation, String letter) {
    replay(operation, letter, OperationPlan.newBuilder().setKind(OperationKind.REPLAY));
  }

  private void replay(String operation, String letter, OperationPlan.Builder plan) {
    order(select(letter, plan).setOperationId(operation));
    flow.tick(Duration.ofMillis(20));
    order(
        DeskOrder.newBuilder().setOperationId(operation).setAt(ActionScenario.START).setRelease(1));
    flow.tick(Duration.ofMillis(20));
  }

  private LetterStatus status(String letter) {
    return reader(flow).find(letter).orElseThrow().getStatus();
  }

  private static DeskOrder.Builder select(String letter, OperationPlan.Builder plan) {
    Selection selection =
        Selection.newBuilder().setIds(List.of(letter)).setCount(1).setHash("").build();
    return DeskOrder.newBuilder()
        .setOperationId("op")
        .setAt(ActionScenario.START)
        .setSelect(new SelectLetters(selection, plan.build()));
  }

  private void order(DeskOrder.Builder order) {
    flow.driver
        .createInputTopic(
            "actions.desk-orders", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(null, flow.encoded("actions.desk-orders", DeskOrder.class, order.build()));
  }

  private List<DeskReport> reports() {
    return flow.read(flow.output("actions.desk-reports"), "actions.desk-reports", DeskReport.class);
  }

  private static void fail(ActionScenario flow, String message) {
    flow.calls
        .remove(0)
        .answer()
        .complete(new Outcome.Permanent(FailureClass.NOT_FOUND, message, OptionalInt.of(404)));
    flow.tick();
  }

  private static FoundGroup onlyGroup(ActionScenario flow) {
    List<FoundGroup> groups =
        reader(flow).groups(new GroupQuery(Optional.empty(), Optional.empty(), false, 10)).groups();
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private static List<LetterSummary> list(ActionScenario flow) {
    return reader(flow)
        .list(
            new LetterQuery(
                LetterFilter.ALL,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                100))
        .letters();
  }

  private static DeskReader reader(ActionScenario flow) {
    return new DeskReader(
        flow.driver.getKeyValueStore(StoreNames.LETTERS),
        flow.driver.getKeyValueStore(StoreNames.LETTERS_BY_TIME),
        flow.driver.getKeyValueStore(StoreNames.LETTER_GROUPS));
  }
}
