package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.order;
import static io.backstop.desk.OperationOrders.plan;
import static io.backstop.desk.OperationOrders.release;
import static io.backstop.desk.OperationOrders.replay;
import static io.backstop.desk.OperationOrders.selectFilter;
import static io.backstop.desk.OperationOrders.selectIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.PassedOver;
import io.backstop.action.SelectionFilter;
import io.backstop.action.StoreNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Working on as many letters as an operation releases. */
class DeskOperationsTest extends OnDesk {
  @Test
  void shouldReplayTheOldestAndNoMoreThanAreReleased() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START.minusSeconds(9), "down"));
    desk.read(Letters.failed("a-0-3", START.minusSeconds(5), "down"));
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 3));
    desk.run(REPORT);

    desk.order(release("op", 2));

    assertThat(desk.again())
        .extracting(lineage -> lineage.parentId().orElseThrow())
        .containsExactly("a-0-2", "a-0-3");
    DeskLetter replayed = desk.letter("a-0-2");
    assertThat(replayed.getStatus()).isEqualTo(LetterStatus.REPLAYED);
    assertThat(replayed.getReplays()).isEqualTo(1);
    assertThat(replayed.getOperationId()).isEqualTo("op");
    assertThat(replayed.getNotes())
        .singleElement()
        .matches(note -> note.getActor().equals("ann"))
        .matches(note -> note.getText().equals("replayed as generation 1 by ann: it is mended"));
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(list(LetterStatus.OPEN)).containsExactly("a-0-1");
    assertThat(list(LetterStatus.REPLAYED)).containsExactly("a-0-3", "a-0-2");
    assertThat(groups()).containsExactly("3 of which 1 open");

    desk.order(release("op", 5));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
    assertThat(desk.told("op").getReleased()).isEqualTo(2 + 5);
    assertThat(desk.told("op").getChanged()).isEqualTo(3);
    assertNothingIsLeft();
  }

  @Test
  void shouldTellWhyLettersWerePassedOver() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));
    desk.read(Letters.failed("a-0-3", START, "down"));
    desk.read(Letters.failed("a-0-4", START, "down"));
    desk.resubmitting.left.put("a-0-1", PassedOver.INVALID);
    desk.resubmitting.left.put("a-0-2", PassedOver.GENERATION);
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 4));
    desk.pass(TICK);
    desk.work("dismissal", plan(OperationKind.DISMISS), "a-0-3");

    desk.order(release("op", 4));
    desk.run(REPORT);

    DeskReport told = desk.told("op");
    assertThat(told.getReleased()).isEqualTo(4);
    assertThat(told.getChanged()).isEqualTo(1);
    assertThat(told.getPassedOver())
        .isEqualTo(Map.of("INVALID", 1L, "GENERATION", 1L, "CHANGED", 1L));
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
  }

  @Test
  void shouldPassOverWhatIsNotOnTheDeskAnyMore() {
    desk.close();
    desk = new DeskScenario(stateDir.resolve("short"), "backstop.desk.retention", "1h");
    desk.read(Letters.failed("a-0-1", START.minusSeconds(3_500), "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.pass(Duration.ofMillis(20));
    desk.pass(Duration.ofSeconds(200));

    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 1L));
    assertThat(desk.again()).isEmpty();
  }

  @Test
  void shouldSayThatItCannotFindTheLettersWhenADefectStopsIt() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.resubmitting.defects.add("a-0-1");

    desk.order(selectIds("op", replay().setOnlyFailedStep(true), "a-0-1"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getProblem()).contains("a defect");
  }

  @Test
  void shouldPassOverALetterOnWhichADefectStopsItAndGoOnWithTheOthers() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));

    desk.order(selectIds("op", replay(), "a-0-1", "a-0-2"));
    desk.run(REPORT);
    desk.resubmitting.defects.add("a-0-1");
    desk.order(release("op", 2));
    desk.run(REPORT);

    assertThat(desk.told("op").getReleased()).isEqualTo(2);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("INVALID", 1L));
    assertThat(desk.again()).hasSize(1);
  }

  @Test
  void shouldAnswerForLettersThatAreReleasedAndThatItDoesNotHave() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.run(REPORT);

    desk.order(release("op", 3));
    desk.order(release("op", 4));
    desk.order(release("never-heard-of", 5));
    desk.run(REPORT);

    assertThat(desk.told("op").getReleased()).isEqualTo(7);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 6L));
    assertThat(desk.told("never-heard-of").getPassedOver()).isEqualTo(Map.of("GONE", 5L));
  }

  @Test
  void shouldReleaseWhatWasOrderedBeforeAllWasFound() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
  }

  @Test
  void shouldFindTenThousandLettersInBoundedStepsAndGoOnAfterARestart() {
    for (int each = 0; each < 10_000; each++) {
      desk.read(Letters.failed("a-0-" + each, START.minusMillis(each), "down"));
    }
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 10_000));
    desk.pass(TICK);
    desk.pass(TICK);

    assertThat(DeskScenario.count(desk.store(StoreNames.LETTERS_IN_READINESS)))
        .isEqualTo(2 * Selecting.STEP);

    desk = desk.restart(Duration.ofSeconds(1));
    desk.run(Duration.ofSeconds(1));

    LetterSet all = LetterSet.EMPTY;
    for (int each = 0; each < 10_000; each++) {
      all = all.with("a-0-" + each);
    }
    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(10_000);
    assertThat(desk.told("op").getSelected().getHash()).isEqualTo(all.hash());

    desk.order(release("op", Releasing.STEP));
    assertThat(desk.again()).hasSize(Releasing.STEP).first().matches(is("a-0-9999"));
    desk.order(release("op", 5_000));
    assertThat(desk.again()).hasSize(Releasing.STEP);

    desk = desk.restart(Duration.ofSeconds(2));
    desk.run(Duration.ofSeconds(3));

    assertThat(desk.again()).hasSize(5_000 - Releasing.STEP);
    assertThat(desk.told("op").getChanged()).isEqualTo(5_000 + Releasing.STEP);

    desk.order(order("op").setEnd(true));
    desk.run(Duration.ofSeconds(1));

    assertNothingIsLeft();
  }

  @Test
  void shouldForgetWhatAnOperationThatEndsHasLeft() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 2));
    desk.run(REPORT);
    desk.order(release("op", 1));

    desk.order(order("op").setEnd(true));
    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
    assertNothingIsLeft();
    assertThat(desk.told("op").getChanged()).isEqualTo(1);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 1L));
  }

  @Test
  void shouldReportEachChangeOnceAcrossARestart() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.pass(TICK);
    desk.order(release("op", 1));

    desk = desk.restart(Duration.ofSeconds(1));
    desk.run(REPORT);
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
    assertThat(desk.told("op").getReleased()).isEqualTo(1);
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_UNREPORTED))).isZero();
  }

  private static java.util.function.Predicate<Lineage> is(String parent) {
    return lineage -> lineage.parentId().orElseThrow().equals(parent);
  }

  private List<String> list(LetterStatus status) {
    return DeskLists.all(desk, java.util.Optional.of(status)).stream()
        .map(summary -> summary.getId())
        .toList();
  }
}
