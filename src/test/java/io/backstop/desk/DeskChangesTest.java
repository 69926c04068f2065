package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterStatus;
import io.backstop.action.OperationKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operations other than a replay change in letters. */
class DeskChangesTest extends OnDesk {
  @Test
  void shouldChangeLettersAsTheOperationSays() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.work("1", plan(OperationKind.NOTE).setNote("seen"), "a-0-1");
    desk.work(
        "2",
        plan(OperationKind.CATEGORIZE)
            .setCategory("quota")
            .setSeverity(io.backstop.action.Severity.CRITICAL)
            .setAddTags(List.of("a", "b")),
        "a-0-1");
    desk.work("3", plan(OperationKind.CATEGORIZE).setRemoveTags(List.of("a")), "a-0-1");
    desk.work("4", plan(OperationKind.DISMISS), "a-0-1");

    DeskLetter letter = desk.letter("a-0-1");
    assertThat(letter.getStatus()).isEqualTo(LetterStatus.DISMISSED);
    assertThat(letter.getCategory()).isEqualTo("quota");
    assertThat(letter.getTags()).containsExactly("b");
    assertThat(letter.getNotes())
        .extracting(note -> note.getText())
        .containsExactly("seen", "dismissed by ann: it is mended");
    assertThat(summaries())
        .singleElement()
        .matches(summary -> summary.getCategory().equals("quota"))
        .matches(summary -> summary.getTags().equals(List.of("b")))
        .matches(summary -> summary.getSeverity() == io.backstop.action.Severity.CRITICAL);
    assertThat(groups()).containsExactly("1 of which 0 open");

    desk.work("5", plan(OperationKind.REOPEN), "a-0-1");
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(groups()).containsExactly("1 of which 1 open");
    assertThat(desk.work("6", plan(OperationKind.REOPEN), "a-0-1").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));

    desk.work("7", plan(OperationKind.CATEGORIZE).setCategory(""), "a-0-1");
    assertThat(desk.letter("a-0-1").getCategory()).isNull();
  }

  @Test
  void shouldHoldNotesAndTagsWithinBounds() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    for (int each = 0; each < 60; each++) {
      desk.work("n" + each, plan(OperationKind.NOTE).setNote("note " + each), "a-0-1");
    }
    assertThat(desk.letter("a-0-1").getNotes()).hasSize(50);
    assertThat(desk.letter("a-0-1").getNotes().get(49).getText()).isEqualTo("note 59");
    for (int each = 0; each < 30; each++) {
      desk.work("l" + each, plan(OperationKind.NOTE).setNote("é".repeat(2_000)), "a-0-1");
    }
    assertThat(desk.letter("a-0-1").getNotes()).hasSize(9);

    List<String> tags = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "t" + i).toList();
    desk.work("tags", plan(OperationKind.CATEGORIZE).setAddTags(tags), "a-0-1");
    DeskReport over =
        desk.work("more", plan(OperationKind.CATEGORIZE).setAddTags(List.of("u")), "a-0-1");
    assertThat(over.getPassedOver()).isEqualTo(Map.of("INVALID", 1L));
    assertThat(desk.letter("a-0-1").getTags()).isEqualTo(tags);
  }

  private List<io.backstop.action.LetterSummary> summaries() {
    return DeskLists.all(desk, java.util.Optional.empty());
  }
}
