package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.LetterSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewestLettersTest {
  private static List<LetterSummary> shuffled(int count) {
    List<LetterSummary> letters = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      letters.add(Letters.summary("l-" + number, START.plusSeconds(number / 2)));
    }
    Collections.shuffle(letters, new Random(7));
    return letters;
  }

  private static LetterPage page(
      List<LetterSummary> letters, Optional<LetterPosition> after, int limit) {
    NewestLetters newest =
        new NewestLetters(
            LetterFilter.ALL, OptionalLong.empty(), OptionalLong.empty(), after, limit);
    letters.forEach(newest::offer);
    return newest.page();
  }

  @Test
  void shouldGiveTheSamePagesAsADeskWhateverTheOrder() {
    List<LetterSummary> letters = shuffled(50);
    List<LetterSummary> paged = new ArrayList<>();
    Optional<LetterPosition> after = Optional.empty();
    do {
      LetterPage page = page(letters, after, 7);
      paged.addAll(page.letters());
      after = page.next();
    } while (after.isPresent());

    assertThat(paged)
        .isEqualTo(
            letters.stream().sorted(java.util.Comparator.comparing(LetterPosition::of)).toList());
  }

  @Test
  void shouldShowALetterThatComesTwiceOnce() {
    List<LetterSummary> letters = shuffled(3);
    letters.addAll(shuffled(3));

    LetterPage page = page(letters, Optional.empty(), 3);

    assertThat(page.letters()).hasSize(3).doesNotHaveDuplicates();
    assertThat(page.hasMore()).isFalse();
  }

  @Test
  void shouldKeepToTheTimesAndTheFilter() {
    NewestLetters newest =
        new NewestLetters(
            LetterFilter.ALL,
            OptionalLong.of(START.plusSeconds(2).toEpochMilli()),
            OptionalLong.of(START.plusSeconds(3).toEpochMilli()),
            Optional.empty(),
            10);
    shuffled(20).forEach(newest::offer);

    assertThat(newest.page().letters())
        .extracting(LetterSummary::getId)
        .containsExactly("l-4", "l-5");
  }
}
