package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LetterPagesTest {

  @Test
  void shouldTakeNothingThatIsOlderThanTheEndOfAPageThatEndedEarly() {
    LetterPage whole = new LetterPage(List.of(letter("a", 1), letter("c", 9)), Optional.empty());
    LetterPage early = new LetterPage(List.of(letter("b", 2)), Optional.of(position("x", 5)));

    LetterPage merged = LetterPages.merge(List.of(whole, early), 10);

    assertThat(merged.letters()).extracting(LetterSummary::getId).containsExactly("a", "b");
    assertThat(merged.next()).contains(position("x", 5));
  }

  @Test
  void shouldGoOnAfterTheLastLetterThatFitted() {
    LetterPage one = new LetterPage(List.of(letter("a", 1), letter("c", 3)), Optional.empty());
    LetterPage other = new LetterPage(List.of(letter("b", 2)), Optional.empty());

    LetterPage merged = LetterPages.merge(List.of(one, other), 2);

    assertThat(merged.letters()).extracting(LetterSummary::getId).containsExactly("a", "b");
    assertThat(merged.next()).contains(position("b", 2));
  }

  @Property(tries = 300)
  void shouldShowEachLetterOfAllTasksOnceAndInOrder(
      @ForAll @Size(max = 60) List<@IntRange(max = 20) Integer> ages,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 1, max = 7) int limit,
      @ForAll @IntRange(min = 1, max = 9) int looked) {
    List<List<LetterSummary>> stores = new ArrayList<>();
    List<LetterSummary> expected = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      stores.add(new ArrayList<>());
    }
    for (int index = 0; index < ages.size(); index++) {
      LetterSummary letter = letter("id-" + index, ages.get(index));
      stores.get(index % tasks).add(letter);
      expected.add(letter);
    }
    expected.sort(Comparator.comparing(LetterPosition::of));

    List<LetterSummary> shown = new ArrayList<>();
    Optional<LetterPosition> after = Optional.empty();
    do {
      Optional<LetterPosition> from = after;
      List<LetterPage> pages =
          stores.stream().map(store -> page(store, from, limit, looked)).toList();
      LetterPage merged = LetterPages.merge(pages, limit);
      assertThat(merged.letters()).hasSizeLessThanOrEqualTo(limit);
      shown.addAll(merged.letters());
      after = merged.next();
    } while (after.isPresent());

    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void shouldCountAGroupOfSeveralTasksTogether() {
    GroupPage one = groups(group("f", 3, 2, START), group("g", 4, 4, START));
    GroupPage other = groups(group("f", 2, 1, START.plusSeconds(5)));

    GroupPage merged = GroupPages.merge(List.of(one, other), 10);

    assertThat(merged.groups()).extracting(FoundGroup::fingerprint).containsExactly("f", "g");
    LetterGroup first = merged.groups().get(0).group();
    assertThat(first.getCount()).isEqualTo(5);
    assertThat(first.getOpen()).isEqualTo(3);
    assertThat(first.getFirstSeen()).isEqualTo(START.minusSeconds(1));
    assertThat(first.getLastSeen()).isEqualTo(START.plusSeconds(5));
    assertThat(merged.complete()).isTrue();
    assertThat(GroupPages.merge(List.of(one, other), 1).complete()).isFalse();
  }

  /** As a task answers: it ends when the page is full or enough has been looked at. */
  private static LetterPage page(
      List<LetterSummary> store, Optional<LetterPosition> after, int limit, int looked) {
    List<LetterSummary> left =
        store.stream()
            .filter(l -> after.isEmpty() || LetterPosition.of(l).compareTo(after.get()) > 0)
            .sorted(Comparator.comparing(LetterPosition::of))
            .toList();
    int end = Math.min(limit, looked);
    return left.size() <= end
        ? new LetterPage(left, Optional.empty())
        : new LetterPage(left.subList(0, end), Optional.of(LetterPosition.of(left.get(end - 1))));
  }

  private static GroupPage groups(FoundGroup... groups) {
    return new GroupPage(List.of(groups), true);
  }

  private static FoundGroup group(String fingerprint, long count, long open, Instant last) {
    return new FoundGroup(
        fingerprint,
        LetterGroup.newBuilder()
            .setTarget("t")
            .setFailureClass(FailureClass.TIMEOUT)
            .setCount(count)
            .setOpen(open)
            .setFirstSeen(last.minusSeconds(1))
            .setLastSeen(last)
            .setExample("a")
            .build());
  }

  private static LetterSummary letter(String id, int age) {
    return Letters.summary(id, START.minusMillis(age));
  }

  private static LetterPosition position(String id, int age) {
    return new LetterPosition(START.toEpochMilli() - age, id);
  }
}
