package io.backstop.execution;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a history small enough for every topic and changelog that carries it: a record that one of
 * them refuses would fail the transaction again and again. Pure.
 */
final class LongHistory {
  private static final int MOST = 300;
  private static final int FIRST = 50;
  private static final int NEWEST = 200;

  private static final int WITH_LONG_MESSAGES = 100;
  private static final int WITH_MESSAGES = 500;
  private static final int LONG_MESSAGE = 1_000;
  private static final int SHORT_MESSAGE = 100;

  private LongHistory() {}

  /**
   * Most characters of the message of one more attempt.
   *
   * @param attempts how many there are already
   */
  static int messageRoom(int attempts) {
    if (attempts < WITH_LONG_MESSAGES) {
      return LONG_MESSAGE;
    }
    return attempts < WITH_MESSAGES ? SHORT_MESSAGE : 0;
  }

  /**
   * Leaves out attempts between the first and the newest ones, where there are very many. Only for
   * work that is about to be parked: what is counted is counted from the newest park on.
   */
  static Work shortened(Work parking) {
    List<Attempt> all = parking.attempts();
    if (all.size() <= MOST) {
      return parking;
    }
    int until = all.size() - NEWEST;
    List<Attempt> kept = new ArrayList<>(all.subList(0, FIRST));
    kept.add(leftOut(parking.cascade().step(), all.get(until - 1)));
    kept.addAll(all.subList(until, all.size()));
    return new Work(
        parking.request(),
        parking.idempotencyKey(),
        parking.original(),
        parking.receivedAt(),
        List.copyOf(kept),
        parking.cascade());
  }

  private static Attempt leftOut(String step, Attempt last) {
    return new Attempt(
        step,
        last.getNumber(),
        last.getStartedAt(),
        0L,
        AttemptOutcome.PARKED,
        null,
        null,
        "attempts up to here are left out: the history is long");
  }
}
