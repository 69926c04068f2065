package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.plan;
import static io.backstop.desk.OperationOrders.replay;
import static io.backstop.desk.OperationOrders.select;
import static io.backstop.desk.OperationOrders.selectFilter;
import static io.backstop.desk.OperationOrders.selectIds;
import static io.backstop.desk.OperationOrders.selection;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.OperationKind;
import io.backstop.action.SelectedLetters;
import io.backstop.action.SelectionFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Finding the letters of an operation. */
class DeskSelectingTest extends OnDesk {
  @Test
  void shouldTellHowManyLettersAFilterFindsAndWhereTheyWouldGo() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down", "trello:createCard", "bob"));
    desk.read(Letters.failed("a-0-3", START, "down", "notion:createPage", "bob"));

    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder().setSubmitter("bob"), 3));
    desk.run(REPORT);

    SelectedLetters selected = desk.told("op").getSelected();
    assertThat(selected.getCount()).isEqualTo(2);
    assertThat(selected.getHash()).isEqualTo(LetterSet.EMPTY.with("a-0-3").with("a-0-2").hash());
    assertThat(selected.getTargets())
        .isEqualTo(Map.of("trello:createCard", 1L, "notion:createPage", 1L));
    assertThat(selected.getProblem()).isNull();
  }

  @Test
  void shouldNotSelectWhatCameAfterTheCutOffOrStandsInAnotherPartition() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START.minusSeconds(9), "down"));

    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 1));
    desk.order(
        select(
            "other",
            replay(),
            selection()
                .setFilter(SelectionFilter.newBuilder().build())
                .setCutOff(Map.of("1", 100L))));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getHash())
        .isEqualTo(LetterSet.EMPTY.with("a-0-1").hash());
    assertThat(desk.told("other").getSelected().getCount()).isZero();
  }

  @Test
  void shouldSelectByStatusAndTime() {
    desk.read(Letters.failed("a-0-1", START.minusSeconds(10), "down"));
    desk.read(Letters.failed("a-0-2", START.minusSeconds(5), "down"));
    desk.read(Letters.failed("a-0-3", START, "down"));
    desk.work("dismissal", plan(OperationKind.DISMISS), "a-0-2");

    desk.order(
        selectFilter(
            "dismissed",
            replay(),
            SelectionFilter.newBuilder().setStatus(LetterStatus.DISMISSED),
            3));
    desk.order(
        selectFilter(
            "times",
            replay(),
            SelectionFilter.newBuilder()
                .setFrom(START.minusSeconds(10))
                .setTo(START.minusSeconds(5)),
            3));
    desk.run(REPORT);

    assertThat(desk.told("dismissed").getSelected().getHash())
        .isEqualTo(LetterSet.EMPTY.with("a-0-2").hash());
    assertThat(desk.told("times").getSelected().getHash())
        .isEqualTo(LetterSet.EMPTY.with("a-0-1").hash());
  }

  @Test
  void shouldCatchUpWithTheCutOffBeforeItSelects() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 2));
    desk.run(REPORT);
    assertThat(desk.told("op")).isNull();
    desk.read(Letters.failed("a-0-2", START, "down"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getHash())
        .isEqualTo(LetterSet.EMPTY.with("a-0-1").with("a-0-2").hash());
  }

  @Test
  void shouldSelectWithoutWhatNeverComes() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 7));
    desk.run(Duration.ofSeconds(11));

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
  }

  @Test
  void shouldSelectByIdOnceWhatItHas() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectIds("op", replay(), "a-0-1", "gone", "a-0-1"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
    assertThat(desk.told("op").getSelected().getTargets())
        .isEqualTo(Map.of("notion:createPage", 1L));
  }

  @Test
  void shouldSayWhyAPlanCannotBeCarriedOut() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectIds("to", replay().setTo("nowhere"), "a-0-1"));
    desk.order(selectIds("kind", plan(OperationKind.UNKNOWN), "a-0-1"));
    desk.order(selectIds("note", plan(OperationKind.NOTE), "a-0-1"));
    desk.order(
        selectIds(
            "tag", plan(OperationKind.CATEGORIZE).setAddTags(List.of("x".repeat(51))), "a-0-1"));
    desk.run(Duration.ofMillis(200));

    assertThat(desk.told("to").getSelected().getProblem()).contains("no target 'nowhere'");
    assertThat(desk.told("kind").getSelected().getProblem()).contains("does not know");
    assertThat(desk.told("note").getSelected().getProblem()).contains("1 to 2,000 characters");
    assertThat(desk.told("tag").getSelected().getProblem()).contains("51 characters");
    assertThat(desk.told("to").getSelected().getCount()).isZero();
  }
}
