package io.backstop.desk;

import static io.backstop.desk.DeskScenario.count;
import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** 100,000 letters on one task's desk: reading a page and sweeping stay bounded. */
class LargeDeskTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargeDeskTest.class);
  private static final int LETTERS = 100_000;

  @TempDir private Path stateDir;
  private DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir, "backstop.desk.retention", "1h");
    Desk writing = new Desk(desk.letters(), new LettersByTime(desk.byTime()), desk.groups());
    for (int age = 0; age < LETTERS; age++) {
      writing.add(
          Letters.failed("a-0-" + age, START.minusMillis(age), "page " + age + " is gone"), age);
    }
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void shouldShowAPageSoon() {
    LetterFilter rare =
        new LetterFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("in no letter"));
    LetterPosition middle = new LetterPosition(START.toEpochMilli() - 50_000, "a-0-50000");

    long first = millis("first page", LetterFilter.ALL, Optional.empty());
    long far = millis("page in the middle", LetterFilter.ALL, Optional.of(middle));
    long filtered = millis("page without a match", rare, Optional.empty());

    assertThat(first).isLessThan(300);
    assertThat(far).isLessThan(300);
    assertThat(filtered).isLessThan(3_000);
  }

  @Test
  void shouldSweepInSmallSteps() {
    desk.pass(Duration.ofHours(1).plusMinutes(5).minusMillis(100));
    long swept = (long) desk.counted("swept");
    long before = System.nanoTime();
    desk.pass(Duration.ofMillis(100));
    long millis = (System.nanoTime() - before) / 1_000_000;
    LOG.info("one tick of the sweep millis={}", millis);

    assertThat(desk.counted("swept") - swept).isEqualTo(DeadLetterDesk.SWEEP_STEP);
    assertThat(count(desk.byTime())).isEqualTo(LETTERS - (long) desk.counted("swept"));
    assertThat(desk.reader().find("a-0-99999")).isEmpty();
    assertThat(desk.reader().find("a-0-0")).isPresent();
  }

  /** The third time, when the code is warm. */
  private long millis(String what, LetterFilter filter, Optional<LetterPosition> after) {
    long millis = 0;
    for (int time = 0; time < 3; time++) {
      long start = System.nanoTime();
      desk.reader()
          .list(new LetterQuery(filter, OptionalLong.empty(), OptionalLong.empty(), after, 50));
      millis = (System.nanoTime() - start) / 1_000_000;
      LOG.info("{} millis={}", what, millis);
    }
    return millis;
  }
}
