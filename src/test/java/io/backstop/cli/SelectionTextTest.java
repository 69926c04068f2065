package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTextTest {
  private static Selection.Builder selection(long count) {
    return Selection.newBuilder().setCount(count).setHash("");
  }

  @Test
  void shouldSayWhichFilter() {
    SelectionFilter filter =
        SelectionFilter.newBuilder()
            .setTarget("notion:createPage")
            .setStatus(LetterStatus.OPEN)
            .setFailureClass(FailureClass.TIMEOUT)
            .setText("no such page")
            .setFrom(Instant.parse("2026-11-22T12:00:00Z"))
            .build();

    assertThat(SelectionText.of(selection(42).setFilter(filter).build()))
        .isEqualTo(
            "42 letters by filter target=notion:createPage, failure-class=TIMEOUT,"
                + " text='no such page', since=2026-11-22T12:00:00Z, status=OPEN");
  }

  @Test
  void shouldNameAFewIds() {
    assertThat(SelectionText.of(selection(1).setIds(List.of("l-1")).build()))
        .isEqualTo("1 letter: l-1");
    assertThat(SelectionText.of(selection(5).setIds(List.of("a", "b", "c", "d", "e")).build()))
        .isEqualTo("5 letters: a, b, c, and 2 more");
  }

  @Test
  void shouldSayWhatWasStaged() {
    assertThat(SelectionText.of(selection(1_200).setStaged(true).build()))
        .isEqualTo("1,200 staged requests");
  }
}
