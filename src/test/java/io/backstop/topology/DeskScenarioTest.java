package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterSummary;
import io.backstop.action.Outcome;
import io.backstop.action.ReasonCode;
import io.backstop.action.StoreNames;
import io.backstop.desk.DeskReader;
import io.backstop.desk.FoundGroup;
import io.backstop.desk.GroupQuery;
import io.backstop.desk.LetterFilter;
import io.backstop.desk.LetterQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
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
            stateDir.resolve("first"), "backstop.services.notion.retry.max-attempts", "1");
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
