package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacedLoadTest {

  @Test
  void shouldTakeNoTurnBeforeItIsDueAndNoneAfterItWasStopped() throws InterruptedException {
    List<Long> at = new CopyOnWriteArrayList<>();
    var enough = new CountDownLatch(20);
    PacedLoad load =
        PacedLoad.start(
            200,
            turn -> {
              at.add(System.nanoTime());
              enough.countDown();
            });

    boolean came = enough.await(20, TimeUnit.SECONDS);
    int turns = load.stop();

    assertThat(came).isTrue();
    assertThat(at).hasSize(turns);
    for (int turn = 0; turn < turns; turn++) {
      assertThat(at.get(turn)).isGreaterThanOrEqualTo(load.dueAt(turn));
    }
    assertThat(load.dueAt(200) - load.dueAt(0)).isEqualTo(1_000_000_000L);
  }

  @Test
  void shouldMakeUpForAStall() throws InterruptedException {
    var turns = new CountDownLatch(50);
    var stall = new CountDownLatch(1);
    try (PacedLoad load =
        PacedLoad.start(
            1_000,
            turn -> {
              if (turn == 0) {
                await(stall);
              }
              turns.countDown();
            })) {
      long dueAt = load.dueAt(49);
      while (System.nanoTime() < dueAt) {
        Thread.onSpinWait();
      }

      stall.countDown();

      assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldTellWhatTheActionThrew() throws InterruptedException {
    var thrown = new CountDownLatch(1);
    PacedLoad load =
        PacedLoad.start(
            1_000,
            turn -> {
              thrown.countDown();
              throw new IllegalStateException("no broker");
            });

    thrown.await();

    assertThatThrownBy(load::stop)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("no broker");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
