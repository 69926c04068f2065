package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRequest;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
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

/**
 * A dead letter that is replayed straight to another target: a record on the topic of that step.
 */
class ReplayToStepScenarioTest {
  private static final String CARD = "trello:createCard";
  private static final Outcome REFUSED =
      new Outcome.Permanent(FailureClass.CONFLICT, "no", OptionalInt.of(409));

  @TempDir private Path stateDir;
  private ActionScenario flow;
  private DeadLetter letter;

  @BeforeEach
  void failFirst() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.fallback.targets.trello:createCard.container",
            "list");
    flow.publish(request("r-1"));
    flow.calls.get(0).answer().complete(REFUSED);
    flow.tick();
    letter = only(flow.deadLetters());
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldExecuteItThereAndNameThePrimaryAction() {
    replay(1);
    flow.calls.get(1).succeed("{}");
    flow.tick();

    ActionResult result = only(flow.results());
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getExecutedBy()).isEqualTo(CARD);
    assertThat(result.getExecutedViaFallback()).isTrue();
    assertThat(result.getFallbackSource()).isEqualTo("replay");
    assertThat(result.getFallbackAction()).isEqualTo(CARD);
    assertThat(result.getPrimaryAction()).isEqualTo("notion:createPage");
    assertThat(outcomes())
        .containsExactly(new ReplayOutcome(letter.getId(), 1, false, true, ResultStatus.SUCCEEDED));
    assertThat(flow.calls.get(1).context().generation()).isEqualTo(1);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  @Test
  void shouldMakeAChildLetterThatIsToldFromItsParentAndTakeNoFurtherStep() {
    replay(1);
    flow.calls.get(1).answer().complete(REFUSED);
    flow.tick();

    DeadLetter child = only(flow.deadLetters());
    assertThat(child.getId()).isEqualTo(letter.getId() + "~1");
    assertThat(child.getParentId()).isEqualTo(letter.getId());
    assertThat(child.getRootId()).isEqualTo(letter.getId());
    assertThat(child.getReplayId()).isEqualTo("op-1");
    assertThat(child.getGeneration()).isEqualTo(1);
    assertThat(child.getStepsSource()).isEqualTo("replay");
    assertThat(child.getAttempts()).extracting(Attempt::getTarget).containsExactly(CARD);
    assertThat(flow.calls).hasSize(2);
    assertThat(outcomes()).isEmpty();
  }

  @Test
  void shouldLetEachGenerationThroughOnce() {
    replay(1);
    flow.calls.get(1).answer().complete(REFUSED);
    flow.tick();

    replay(1);
    replay(2);

    assertThat(flow.calls).hasSize(3);
    assertThat(outcomes())
        .containsExactly(
            new ReplayOutcome(letter.getId(), 1, true, false, ResultStatus.DEAD_LETTERED));
  }

  @Test
  void shouldSuppressItWhereItIsDoneSince() {
    replay(1);
    flow.calls.get(1).succeed("{}");
    flow.tick();
    outcomes();

    replay(2);

    assertThat(flow.calls).hasSize(2);
    assertThat(outcomes())
        .containsExactly(new ReplayOutcome(letter.getId(), 2, true, true, ResultStatus.SUCCEEDED));
  }

  @Test
  void shouldResumeItAfterARestart() {
    replay(1);

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick();
    flow.calls.get(0).succeed("{}");
    flow.tick();

    assertThat(flow.calls.get(0).request().getAction()).isEqualTo(CARD);
    assertThat(only(flow.results()).getFallbackSource()).isEqualTo("replay");
    assertThat(outcomes()).hasSize(1);
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  @Test
  void shouldMakeAChildLetterOfWhatFailsAfterARestart() {
    replay(1);

    flow = flow.restart(Duration.ofSeconds(3));
    flow.tick();
    flow.tick();
    flow.calls.get(0).answer().complete(REFUSED);
    flow.tick();

    assertThat(only(flow.deadLetters()).getId()).isEqualTo(letter.getId() + "~1");
  }

  @Test
  void shouldTakeTheLineageOfTheRecordWhereTheOriginalHasAnOlderOne() {
    OriginalRecord child =
        OriginalRecord.newBuilder(letter.getOriginal())
            .setHeaders(lineage(1).stamp(letter.getOriginal().getHeaders()))
            .build();

    flow.publishFallback(CARD, toStep(child), ActionScenario.headers(lineage(2)));

    assertThat(flow.calls.get(1).context().generation()).isEqualTo(2);
  }

  private void replay(int generation) {
    flow.publishFallback(
        CARD, toStep(letter.getOriginal()), ActionScenario.headers(lineage(generation)));
    flow.tick();
  }

  private FallbackRequest toStep(OriginalRecord original) {
    return FallbackRequest.newBuilder()
        .setRequest(letter.getRequest())
        .setIdempotencyKey(letter.getIdempotencyKey())
        .setOriginal(original)
        .setSteps(List.of(CARD))
        .setPosition(0)
        .setSource("replay")
        .setReceivedAt(ActionScenario.START)
        .build();
  }

  private Lineage lineage(int generation) {
    return new Lineage(
        "op-1", generation, Optional.of(letter.getId()), Optional.of(letter.getRootId()), 0, false);
  }

  private List<ReplayOutcome> outcomes() {
    return flow.deskOrders().stream().map(DeskOrder::getOutcome).toList();
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
