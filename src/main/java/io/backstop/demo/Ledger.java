package io.backstop.demo;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.OriginalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What was published, and what was recorded for it: results are matched by request id, dead letters
 * by the coordinates of the original. Knows nothing of the processor's own counts. Outcomes of
 * other people's requests are ignored. Thread-safe.
 */
final class Ledger {

  /** Where a published record stands. */
  record Coordinates(int partition, long offset) {}

  /**
   * One published record.
   *
   * @param label action, for tables
   * @param idempotencyKey empty where it should be refused before it is worked on
   * @param outcomes in the order of reading; should be one
   */
  record Entry(
      String label,
      Optional<String> requestId,
      Optional<String> idempotencyKey,
      Coordinates at,
      List<Outcome> outcomes) {}

  private final List<Entry> published = new ArrayList<>();
  private final Map<String, List<Outcome>> byRequestId = new HashMap<>();
  private final Map<Coordinates, List<Outcome>> byCoordinates = new HashMap<>();

  synchronized void published(DemoRequest request, Coordinates at) {
    published.add(
        new Entry(request.label(), request.requestId(), request.idempotencyKey(), at, List.of()));
  }

  synchronized void result(ActionResult result) {
    add(byRequestId, result.getRequestId(), Outcome.of(result));
  }

  synchronized void deadLetter(DeadLetter letter) {
    OriginalRecord original = letter.getOriginal();
    var at = new Coordinates(original.getPartition(), original.getOffset());
    add(byCoordinates, at, Outcome.of(letter));
  }

  private <K> void add(Map<K, List<Outcome>> outcomes, K key, Outcome outcome) {
    outcomes.computeIfAbsent(key, none -> new ArrayList<>(1)).add(outcome);
    notifyAll();
  }

  /** Every published record with what is known of it now. */
  synchronized List<Entry> entries() {
    return published.stream().map(this::withOutcomes).toList();
  }

  /** How many published records have an outcome. */
  synchronized long answered() {
    return published.stream().filter(this::hasOutcome).count();
  }

  /** Waits for the next outcome, at most this long. */
  synchronized void awaitNews(Duration patience) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedWait(this, patience.toNanos());
  }

  private boolean hasOutcome(Entry entry) {
    return byCoordinates.containsKey(entry.at())
        || entry.requestId().map(byRequestId::containsKey).orElse(false);
  }

  private Entry withOutcomes(Entry entry) {
    var outcomes = new ArrayList<>(byCoordinates.getOrDefault(entry.at(), List.of()));
    entry.requestId().map(byRequestId::get).ifPresent(outcomes::addAll);
    return new Entry(
        entry.label(),
        entry.requestId(),
        entry.idempotencyKey(),
        entry.at(),
        List.copyOf(outcomes));
  }
}
