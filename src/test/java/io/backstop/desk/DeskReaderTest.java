package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.ReasonCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskReaderTest {
  @TempDir private Path stateDir;
  private DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void shouldShowTheNewestFirstPageByPage() {
    for (int age = 0; age < 25; age++) {
      desk.read(Letters.failed("a-" + age, START.minusMillis(age / 5), "down"));
    }

    List<String> all = new ArrayList<>();
    Optional<LetterPosition> after = Optional.empty();
    int pages = 0;
    do {
      LetterPage page = desk.reader().list(query(LetterFilter.ALL, after, 7));
      page.letters().forEach(letter -> all.add(letter.getId()));
      after = page.next().map(next -> LetterPosition.ofCursor(next.cursor()));
      pages++;
    } while (after.isPresent());

    assertThat(pages).isEqualTo(4);
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
    assertThat(all.subList(0, 5)).containsExactly("a-0", "a-1", "a-2", "a-3", "a-4");
    assertThat(all.subList(5, 10)).containsExactly("a-5", "a-6", "a-7", "a-8", "a-9");
  }

  @Test
  void shouldMergeTheStatusesInOrderOfTime() {
    List<LetterStatus> statuses =
        List.of(LetterStatus.OPEN, LetterStatus.REPLAYED, LetterStatus.DISMISSED);
    for (int age = 0; age < 9; age++) {
      put(LetterSummary.newBuilder(summary("a-" + age, age)).setStatus(statuses.get(age % 3)));
    }

    assertThat(ids(LetterFilter.ALL))
        .containsExactly("a-0", "a-1", "a-2", "a-3", "a-4", "a-5", "a-6", "a-7", "a-8");
    assertThat(ids(filter().status(LetterStatus.REPLAYED).build()))
        .containsExactly("a-1", "a-4", "a-7");
    assertThat(ids(filter().status(LetterStatus.RESOLVED).build())).isEmpty();
  }

  @Test
  void shouldShowOnlyWhatIsAskedFor() {
    desk.read(Letters.failed("a-1", START, "page 1 is gone"));
    desk.read(Letters.failed("a-2", START, "page 2 is LOCKED", "slack:postMessage", "ann"));
    desk.read(Letters.failed("a-3", START, "page 3 is gone", "notion:createPage", "bob"));
    String gone = desk.reader().find("a-1").orElseThrow().getFingerprint();

    assertThat(ids(filter().action("slack:postMessage").build())).containsExactly("a-2");
    assertThat(ids(filter().target("trello:createCard").build())).hasSize(3);
    assertThat(ids(filter().target("slack:postMessage").build())).isEmpty();
    assertThat(ids(filter().failureClass(FailureClass.SERVER_ERROR).build())).hasSize(3);
    assertThat(ids(filter().failureClass(FailureClass.TIMEOUT).build())).isEmpty();
    assertThat(ids(filter().reasonCode(ReasonCode.INVALID).build())).isEmpty();
    assertThat(ids(filter().submitter("bob").build())).containsExactly("a-3");
    assertThat(ids(filter().fingerprint(gone).build())).containsExactly("a-1", "a-3");
    assertThat(ids(filter().text("Is Locked").build())).containsExactly("a-2");
    assertThat(ids(filter().text("KEY-A-3").build())).containsExactly("a-3");
    assertThat(ids(filter().text("REQUEST-A-1").build())).containsExactly("a-1");
    assertThat(ids(filter().submitter("ann").action("notion:createPage").build()))
        .containsExactly("a-1");
  }

  @Test
  void shouldShowATime() {
    for (int age = 0; age < 10; age++) {
      desk.read(Letters.failed("a-" + age, START.minusMillis(age), "down"));
    }
    long newest = START.toEpochMilli();

    assertThat(ids(OptionalLong.of(newest - 3), OptionalLong.empty()))
        .containsExactly("a-0", "a-1", "a-2", "a-3");
    assertThat(ids(OptionalLong.of(newest - 3), OptionalLong.of(newest - 1)))
        .containsExactly("a-2", "a-3");
    assertThat(ids(OptionalLong.of(newest), OptionalLong.of(newest))).isEmpty();
    assertThat(ids(OptionalLong.of(-5), OptionalLong.of(newest - 8))).containsExactly("a-9");
    assertThat(ids(OptionalLong.empty(), OptionalLong.of(0))).isEmpty();
  }

  @Test
  void shouldGoOnAfterALetterThatHasGone() {
    for (int age = 0; age < 4; age++) {
      desk.read(Letters.failed("a-" + age, START.minusMillis(age), "down"));
    }
    Optional<LetterPosition> gone =
        Optional.of(new LetterPosition(START.toEpochMilli() - 1, "a-0-gone"));

    assertThat(desk.reader().list(query(LetterFilter.ALL, gone, 10)).letters())
        .extracting(LetterSummary::getId)
        .containsExactly("a-1", "a-2", "a-3");
  }

  @Test
  void shouldEndAPageEarlyWhenItHasLookedAtManyLetters() {
    for (int age = 0; age < 20_010; age++) {
      put(LetterSummary.newBuilder(summary("a-" + age, age)));
    }
    LetterFilter oldest = filter().text("a-20009").build();

    LetterPage first = desk.reader().list(query(oldest, Optional.empty(), 10));
    LetterPage second = desk.reader().list(query(oldest, first.next(), 10));

    assertThat(first.letters()).isEmpty();
    assertThat(first.hasMore()).isTrue();
    assertThat(first.next().orElseThrow().id()).isEqualTo("a-19999");
    assertThat(second.letters()).extracting(LetterSummary::getId).containsExactly("a-20009");
    assertThat(second.hasMore()).isFalse();
  }

  @Test
  void shouldRefuseWhatIsNoCursor() {
    for (String cursor : List.of("", "no cursor", "AAAA", "_________w")) {
      assertThatThrownBy(() -> LetterPosition.ofCursor(cursor))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseAPageThatIsTooLong() {
    assertThatThrownBy(() -> query(LetterFilter.ALL, Optional.empty(), 1_001))
        .hasMessage("limit is 1001: give a number from 1 to 1,000");
  }

  private List<String> ids(OptionalLong from, OptionalLong to) {
    var query = new LetterQuery(LetterFilter.ALL, from, to, Optional.empty(), 100);
    return desk.reader().list(query).letters().stream().map(LetterSummary::getId).toList();
  }

  private List<String> ids(LetterFilter filter) {
    LetterPage page = desk.reader().list(query(filter, Optional.empty(), 100));
    assertThat(page.hasMore()).isFalse();
    return page.letters().stream().map(LetterSummary::getId).toList();
  }

  private static LetterQuery query(LetterFilter filter, Optional<LetterPosition> after, int limit) {
    return new LetterQuery(filter, OptionalLong.empty(), OptionalLong.empty(), after, limit);
  }

  private static Wanted filter() {
    return new Wanted();
  }

  private LetterSummary summary(String id, int age) {
    return Letters.summary(id, START.minusMillis(age));
  }

  private void put(LetterSummary.Builder letter) {
    LetterSummary built = letter.build();
    desk.byTime().put(TimeKey.of(built.getStatus(), LetterPosition.of(built)), built);
  }

  /** A filter, built up by name. */
  private static final class Wanted {
    private LetterStatus status;
    private String action;
    private String target;
    private FailureClass failureClass;
    private ReasonCode reasonCode;
    private String submitter;
    private String fingerprint;
    private String text;

    Wanted status(LetterStatus wanted) {
      status = wanted;
      return this;
    }

    Wanted action(String wanted) {
      action = wanted;
      return this;
    }

    Wanted target(String wanted) {
      target = wanted;
      return this;
    }

    Wanted failureClass(FailureClass wanted) {
      failureClass = wanted;
      return this;
    }

    Wanted reasonCode(ReasonCode wanted) {
      reasonCode = wanted;
      return this;
    }

    Wanted submitter(String wanted) {
      submitter = wanted;
      return this;
    }

    Wanted fingerprint(String wanted) {
      fingerprint = wanted;
      return this;
    }

    Wanted text(String wanted) {
      text = wanted;
      return this;
    }

    LetterFilter build() {
      return new LetterFilter(
          Optional.ofNullable(status),
          Optional.ofNullable(action),
          Optional.ofNullable(target),
          Optional.ofNullable(failureClass),
          Optional.ofNullable(reasonCode),
          Optional.ofNullable(submitter),
          Optional.ofNullable(fingerprint),
          Optional.ofNullable(text));
    }
  }
}
