package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.runtime.Check.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedCheckTest {
  private static final Duration KEEP = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger made = new AtomicInteger();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final CachedCheck atOnce =
      new CachedCheck("c", this::make, Runnable::run, KEEP, now::get);
  private final CachedCheck slow = new CachedCheck("c", this::make, waiting::add, KEEP, now::get);

  private Check make() {
    return Check.pass("c", made.incrementAndGet(), now.get());
  }

  @Test
  void shouldAskOnceInThirtySeconds() {
    atOnce.get(Duration.ZERO);
    now.set(Instant.EPOCH.plusSeconds(29));
    atOnce.get(Duration.ZERO);

    assertThat(made).hasValue(1);

    now.set(Instant.EPOCH.plusSeconds(30));

    assertThat(atOnce.get(Duration.ZERO).observed()).isEqualTo(2);
  }

  @Test
  void shouldWarnInsteadOfWaitingForAnAnswerThatDoesNotCome() {
    Check check = slow.get(Duration.ofMillis(1));

    assertThat(check.status()).isEqualTo(Status.WARN);
    assertThat(check.output()).contains("no answer");
  }

  @Test
  void shouldStayFailedUntilTheNextAnswerIsThere() {
    var failing =
        new CachedCheck(
            "c",
            () -> new Check("c", Status.FAIL, null, "no broker answers", now.get()),
            waiting::add,
            KEEP,
            now::get);
    failing.get(Duration.ofMillis(1));
    waiting.remove().run();
    now.set(Instant.EPOCH.plusSeconds(31));

    assertThat(failing.get(Duration.ofMillis(1)).status()).isEqualTo(Status.FAIL);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void shouldNotAskAgainWhileItIsStillAsking() {
    slow.get(Duration.ofMillis(1));
    slow.get(Duration.ofMillis(1));

    assertThat(waiting).hasSize(1);

    waiting.remove().run();

    assertThat(slow.get(Duration.ofMillis(1)).status()).isEqualTo(Status.PASS);
  }

  @Test
  void shouldGiveWhatIsKnownWithoutWaitingAndStartANewCheckWhenItIsOld() {
    assertThat(slow.newest()).isEmpty();

    waiting.remove().run();
    now.set(Instant.EPOCH.plusSeconds(60));

    assertThat(slow.newest().orElseThrow().observed()).isEqualTo(1);
    assertThat(waiting).hasSize(1);
  }
}
