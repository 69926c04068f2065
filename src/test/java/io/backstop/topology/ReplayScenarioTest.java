package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.Outcome;
import io.backstop.action.ReplayOutcome;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request that is sent in again, and who is told. */
class ReplayScenarioTest {
  private static final Outcome REFUSED =
      new Outcome.Permanent(FailureClass.CONFLICT, "no", OptionalInt.of(409));

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow = new ActionScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldDoAReplayedRequestAndTellTheDesk() {
    DeadLetter letter = failFirst();

    flow.replay(request("r-1"), replayOf(letter, 1));
    flow.calls.get(1).succeed("{}");
    flow.tick();

    var result = only(flow.resultRecords());
    assertThat(result.value().getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.value().getDuplicateOf()).isNull();
    assertThat(result.headers()).isEqualTo(ActionScenario.headers(replayOf(letter, 1)));
    DeskOrder order = only(flow.deskOrders());
    assertThat(order.getOperationId()).isEqualTo("op-1");
    assertThat(order.getOutcome())
        .isEqualTo(new ReplayOutcome(letter.getId(), 1, false, true, ResultStatus.SUCCEEDED));
  }

  @Test
  void shouldMakeAChildLetterOfAReplayThatFailsAgain() {
    DeadLetter letter = failFirst();

    flow.replay(request("r-1"), replayOf(letter, 1));
    flow.calls.get(1).answer().complete(REFUSED);
    flow.tick();

    DeadLetter child = only(flow.deadLetters());
    assertThat(child.getId()).isEqualTo("actions.requests-0-1~1");
    assertThat(child.getGeneration()).isEqualTo(1);
    assertThat(child.getParentId()).isEqualTo(letter.getId());
    assertThat(child.getRootId()).isEqualTo(letter.getRootId());
    assertThat(child.getReplayId()).isEqualTo("op-1");
    assertThat(flow.deskOrders()).isEmpty();
    publishAgain("r-2");
    assertThat(only(flow.results()).getDeadLetterId()).isEqualTo(child.getId());
  }

  @Test
  void shouldMakeAChildLetterOfAReplayThatCannotBeReadAsARequest() {
    DeadLetter letter = failFirst();

    flow.replay(
        ActionRequest.newBuilder(request("r-1")).setAction("no:such").build(), replayOf(letter, 1));

    DeadLetter child = only(flow.deadLetters());
    assertThat(child.getId()).endsWith("~1");
    assertThat(child.getParentId()).isEqualTo(letter.getId());
    assertThat(child.getReplayId()).isEqualTo("op-1");
  }

  @Test
  void shouldLetEachGenerationThroughOnce() {
    DeadLetter letter = failFirst();
    failAgain(letter, 1);

    flow.replay(request("r-1"), replayOf(letter, 1));

    assertThat(flow.calls).hasSize(2);
    assertThat(outcome().getSuppressed()).isTrue();
    assertThat(only(flow.results()).getStatus()).isEqualTo(ResultStatus.DEAD_LETTERED);
    failAgain(letter, 2);
    failAgain(letter, 5);
    flow.replay(request("r-1"), replayOf(letter, 4));
    assertThat(flow.calls).hasSize(4);
    assertThat(outcome())
        .isEqualTo(new ReplayOutcome(letter.getId(), 4, true, false, ResultStatus.DEAD_LETTERED));
  }

  @Test
  void shouldSuppressTheReplayOfWhatIsDoneSinceAndCountItAsDone() {
    DeadLetter letter = failFirst();
    succeed(replayOf(letter, 1));

    flow.replay(request("r-1"), replayOf(letter, 2));

    assertThat(flow.calls).hasSize(2);
    assertThat(outcome())
        .isEqualTo(new ReplayOutcome(letter.getId(), 2, true, true, ResultStatus.SUCCEEDED));
    assertThat(only(flow.results()).getDuplicateOf()).isEqualTo("r-1");
  }

  @Test
  void shouldSuppressAReplayWhileAnotherOneOfItsKeyIsInFlight() {
    DeadLetter letter = failFirst();
    flow.replay(request("r-1"), replayOf(letter, 1));

    flow.replay(request("r-1"), replayOf(letter, 2));

    assertThat(outcome())
        .isEqualTo(
            new ReplayOutcome(letter.getId(), 2, true, false, ResultStatus.DUPLICATE_IN_FLIGHT));
    flow.results();
    flow.calls.get(1).succeed("{}");
    flow.tick();
    assertThat(outcome().getGeneration()).isEqualTo(1);
    assertThat(flow.calls).hasSize(2);
    publishAgain("r-3");
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsOnly(ResultStatus.SUCCEEDED);
  }

  @Test
  void shouldNotLetALateLowerGenerationUndoWhatAHigherOneHasDone() {
    DeadLetter letter = failFirst();
    succeed(replayOf(letter, 3));

    flow.replay(request("r-1"), replayOf(letter, 2));
    publishAgain("r-2");

    assertThat(flow.calls).hasSize(2);
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsExactly(ResultStatus.SUCCEEDED, ResultStatus.SUCCEEDED);
  }

  @Test
  void shouldDoWhatIsDoneAgainWhereItIsForcedOnceInEachGeneration() {
    flow.publish(request("r-1"));
    flow.calls.get(0).succeed("{}");
    flow.tick();
    Lineage forced = new Lineage("op-1", 1, Optional.empty(), Optional.empty(), 0, true);

    flow.replay(request("r-1"), forced);
    flow.calls.get(1).succeed("{}");
    flow.tick();
    flow.replay(request("r-1"), forced);

    assertThat(flow.calls).hasSize(2);
    assertThat(flow.calls.get(1).context().idempotencyKey())
        .isEqualTo(flow.calls.get(0).context().idempotencyKey() + "-g1");
    assertThat(flow.calls.get(1).context().generation()).isEqualTo(1);
    assertThat(flow.deskOrders())
        .extracting(DeskOrder::getOutcome)
        .containsExactly(
            new ReplayOutcome(null, 1, false, true, ResultStatus.SUCCEEDED),
            new ReplayOutcome(null, 1, true, true, ResultStatus.SUCCEEDED));
  }

  @Test
  void shouldCallUnderTheSameKeyWithTheGenerationWhereItIsNotForced() {
    DeadLetter letter = failFirst();

    flow.replay(request("r-1"), replayOf(letter, 2));

    assertThat(flow.calls.get(1).context().idempotencyKey())
        .isEqualTo(flow.calls.get(0).context().idempotencyKey());
    assertThat(flow.calls.get(0).context().generation()).isZero();
    assertThat(flow.calls.get(1).context().generation()).isEqualTo(2);
  }

  @Test
  void shouldKeepToOneOutcomePerKeyForRequestsThatAreNotReplayed() {
    failFirst();

    publishAgain("r-2");
    publishAgain("r-3");

    assertThat(flow.calls).hasSize(1);
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsExactly(ResultStatus.DEAD_LETTERED, ResultStatus.DEAD_LETTERED);
    assertThat(flow.deskOrders()).isEmpty();
  }

  @Test
  void shouldKeepTheLineageOverARestart() {
    DeadLetter letter = failFirst();
    flow.replay(request("r-1"), replayOf(letter, 1));

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick();
    flow.calls.get(0).succeed("{}");
    flow.tick();

    assertThat(flow.calls.get(0).context().generation()).isEqualTo(1);
    assertThat(outcome().getDone()).isTrue();
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  @Test
  void shouldDropTheReportForADeskThatIsNotThere() {
    DeadLetter letter = failFirst();
    Lineage elsewhere =
        new Lineage("op-1", 1, Optional.of(letter.getId()), Optional.empty(), 7, false);

    succeed(elsewhere);

    assertThat(only(flow.results()).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(flow.deskOrders()).isEmpty();
  }

  @Test
  void shouldKeepTheLineageWherePartitioningIsByIdempotencyKey() {
    flow.close();
    flow =
        new ActionScenario(
            stateDir.resolve("by-key"), "backstop.intake.partitioning", "by-idempotency-key");
    DeadLetter letter = failFirst();

    failAgain(letter, 1);
    flow.replay(request("r-1"), replayOf(letter, 2));
    flow.calls.get(2).succeed("{}");
    flow.tick();

    assertThat(flow.calls.get(2).context().generation()).isEqualTo(2);
    assertThat(outcome().getDone()).isTrue();
  }

  private DeadLetter failFirst() {
    flow.publish(request("r-1"));
    flow.calls.get(0).answer().complete(REFUSED);
    flow.tick();
    return only(flow.deadLetters());
  }

  private void failAgain(DeadLetter letter, int generation) {
    flow.replay(request("r-1"), replayOf(letter, generation));
    flow.calls.get(flow.calls.size() - 1).answer().complete(REFUSED);
    flow.tick();
    assertThat(only(flow.deadLetters()).getGeneration()).isEqualTo(generation);
  }

  private void succeed(Lineage lineage) {
    flow.replay(request("r-1"), lineage);
    flow.calls.get(flow.calls.size() - 1).succeed("{}");
    flow.tick();
    if (lineage.desk() == 0) {
      assertThat(outcome().getDone()).isTrue();
      flow.results();
    }
  }

  /** The same request by its upstream. */
  private void publishAgain(String id) {
    flow.publish(ActionRequest.newBuilder(request("r-1")).setRequestId(id).build());
  }

  private ReplayOutcome outcome() {
    return only(flow.deskOrders()).getOutcome();
  }

  private static Lineage replayOf(DeadLetter letter, int generation) {
    return new Lineage(
        "op-1", generation, Optional.of(letter.getId()), Optional.of(letter.getRootId()), 0, false);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
