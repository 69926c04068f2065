package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.child;
import static io.backstop.desk.OperationOrders.outcome;
import static io.backstop.desk.OperationOrders.plan;
import static io.backstop.desk.OperationOrders.release;
import static io.backstop.desk.OperationOrders.selectIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a letter when the request that was replayed for it ends. */
class LineagesTest {
  @TempDir private Path stateDir;
  private DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir, "backstop.desk.retention", "1h");
    desk.read(Letters.failed("a", START.minusSeconds(60), "down"));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void shouldResolveALetterWhenItsReplayIsDone() {
    work("op", OperationKind.REPLAY, "a");

    desk.order(outcome("op", "a", 1));

    assertThat(status("a")).isEqualTo(LetterStatus.RESOLVED);
    assertThat(desk.letter("a").getNotes().get(1).getText())
        .isEqualTo("done: its replay of generation 1 ended as SUCCEEDED");
    assertThat(told("op").getSucceeded()).isEqualTo(1);
    assertThat(groups()).containsExactly("1 of which 0 open");
  }

  @Test
  void shouldCountAnOutcomeOnceThatIsToldTwice() {
    work("op", OperationKind.REPLAY, "a");

    desk.order(outcome("op", "a", 1));
    desk.order(outcome("op", "a", 1));

    assertThat(told("op").getSucceeded()).isEqualTo(1);
    assertThat(desk.letter("a").getNotes()).hasSize(2);
  }

  @Test
  void shouldOpenALetterAgainWhoseReplayWasADuplicateOfWhatIsNotDone() {
    work("op", OperationKind.REPLAY, "a");

    desk.order(outcome("op", "a", 1, true, false));

    assertThat(status("a")).isEqualTo(LetterStatus.OPEN);
    assertThat(told("op").getSuppressed()).isEqualTo(1);
    assertThat(groups()).containsExactly("1 of which 1 open");

    assertThat(work("next", OperationKind.REPLAY, "a").getChanged()).isEqualTo(1);
    assertThat(desk.again()).last().extracting(Lineage::generation).isEqualTo(2);
  }

  @Test
  void shouldResolveALetterWhoseReplayWasADuplicateOfWhatIsDone() {
    work("op", OperationKind.REPLAY, "a");

    desk.order(outcome("op", "a", 1, true, true));

    assertThat(status("a")).isEqualTo(LetterStatus.RESOLVED);
    assertThat(told("op").getSuppressed()).isEqualTo(1);
    assertThat(told("op").getSucceeded()).isZero();
  }

  @Test
  void shouldOpenALetterAgainWhoseReplayEndedWithoutDoingAnything() {
    work("op", OperationKind.REPLAY, "a");

    desk.order(outcome("op", "a", 1, false, false));

    assertThat(status("a")).isEqualTo(LetterStatus.OPEN);
    assertThat(told("op").getFailedAgain()).isEqualTo(1);
  }

  @Test
  void shouldGoOnInTheLetterThatAReplayLeaves() {
    work("op", OperationKind.REPLAY, "a");

    desk.read(child("b", "a", 1, "op", START));

    assertThat(status("a")).isEqualTo(LetterStatus.REPLAYED);
    assertThat(desk.letter("a").getChildId()).isEqualTo("b");
    assertThat(desk.letter("a").getNotes().get(1).getText())
        .isEqualTo("its replay of generation 1 failed again as b");
    assertThat(status("b")).isEqualTo(LetterStatus.OPEN);
    assertThat(told("op").getFailedAgain()).isEqualTo(1);
    assertThat(groups()).containsExactly("1 of which 1 open");
  }

  @Test
  void shouldChangeNothingWhenItReadsAChildAgain() {
    work("op", OperationKind.REPLAY, "a");
    DeadLetter child = child("b", "a", 1, "op", START);

    desk.read(child);
    desk.read(child);

    assertThat(told("op").getFailedAgain()).isEqualTo(1);
    assertThat(desk.letter("a").getNotes()).hasSize(2);
    assertThat(groups()).containsExactly("1 of which 1 open");
  }

  @Test
  void shouldResolveAllLettersOfALineage() {
    work("op1", OperationKind.REPLAY, "a");
    desk.read(child("b", "a", 1, "op1", START.minusSeconds(30)));
    work("op2", OperationKind.REPLAY, "b");
    desk.read(child("c", "b", 2, "op2", START));
    work("op3", OperationKind.REPLAY, "c");

    desk.order(outcome("op3", "c", 3));

    assertThat(List.of(status("a"), status("b"), status("c"))).containsOnly(LetterStatus.RESOLVED);
    assertThat(desk.letter("a").getNotes())
        .last()
        .extracting(note -> note.getText())
        .isEqualTo("done: the replay of c ended well");
    assertThat(groups()).containsExactly("1 of which 0 open");
  }

  @Test
  void shouldNotDismissOrOpenALetterWhoseReplayIsUnderWay() {
    work("op", OperationKind.REPLAY, "a");

    assertThat(work("1", OperationKind.DISMISS, "a").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));
    assertThat(work("2", OperationKind.REOPEN, "a").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));
    assertThat(work("3", OperationKind.REPLAY, "a").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));
    assertThat(status("a")).isEqualTo(LetterStatus.REPLAYED);
  }

  @Test
  void shouldCountALineageOnceThatIsOpenedAgainAtItsBeginning() {
    work("op1", OperationKind.REPLAY, "a");
    desk.read(child("b", "a", 1, "op1", START.minusSeconds(30)));

    work("open", OperationKind.REOPEN, "a");

    assertThat(status("a")).isEqualTo(LetterStatus.OPEN);
    assertThat(groups()).containsExactly("1 of which 1 open");

    work("op2", OperationKind.REPLAY, "a");
    assertThat(desk.again()).last().extracting(Lineage::generation).isEqualTo(2);
    assertThat(groups()).containsExactly("1 of which 0 open");
    assertThat(status("b")).isEqualTo(LetterStatus.OPEN);
    assertThat(desk.reader().whyNotReplayed(desk.letter("b")))
        .contains("another replay of its lineage is under way");
    assertThat(work("op3", OperationKind.REPLAY, "b").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));

    desk.read(child("c", "a", 2, "op2", START));
    assertThat(groups()).containsExactly("1 of which 1 open");
    assertThat(desk.reader().whyNotReplayed(desk.letter("b"))).isEmpty();
    assertThat(work("op4", OperationKind.REPLAY, "b").getChanged()).isEqualTo(1);
    assertThat(groups()).containsExactly("1 of which 0 open");
  }

  @Test
  void shouldCountForTheOperationWhatBecomesOfLettersThatWereSwept() {
    desk.read(Letters.failed("b", START.minusSeconds(50), "down"));
    work("op", OperationKind.REPLAY, "a");
    work("op", OperationKind.REPLAY, "b");
    desk.pass(Duration.ofHours(1));
    assertThat(desk.reader().find("a")).isEmpty();

    desk.order(outcome("op", "a", 1));
    desk.read(child("c", "b", 1, "op", START.plusSeconds(3_600)));
    desk.read(child("old", "b", 1, "op", START.minusSeconds(10_000)));

    assertThat(told("op").getSucceeded()).isEqualTo(1);
    assertThat(told("op").getFailedAgain()).isEqualTo(2);
    assertThat(groups()).containsExactly("1 of which 1 open");
  }

  @Test
  void shouldTakeLettersForALineageThatSomebodyMadeUp() {
    desk.read(child("x", "x", 1, "op", START));
    desk.read(child("y", "z", 1, "op", START));
    desk.read(child("z", "y", 1, "op", START));
    work("replay", OperationKind.REPLAY, "z");

    desk.order(outcome("replay", "z", 2));

    assertThat(status("z")).isEqualTo(LetterStatus.RESOLVED);
    assertThat(status("y")).isEqualTo(LetterStatus.RESOLVED);
    assertThat(status("x")).isEqualTo(LetterStatus.OPEN);
  }

  private DeskReport work(String operationId, OperationKind kind, String id) {
    desk.order(selectIds(operationId, plan(kind), id));
    desk.run(Duration.ofMillis(20));
    desk.order(release(operationId, 1));
    desk.run(Duration.ofMillis(100));
    return told(operationId);
  }

  private DeskReport told(String operationId) {
    desk.run(Duration.ofMillis(100));
    return desk.told(operationId);
  }

  private LetterStatus status(String id) {
    return desk.letter(id).getStatus();
  }

  private List<String> groups() {
    return DeskLists.groups(desk);
  }
}
