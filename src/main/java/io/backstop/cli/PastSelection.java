package io.backstop.cli;

import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.SelectionFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which requests of a range are replayed, counted as they are read. Where what is done is to be
 * done again, only one of those with the same key: that of the highest generation, or else the
 * first; each further one would do it once more. Elsewhere the fleet suppresses them.
 */
final class PastSelection {

  /**
   * A request that was read.
   *
   * @param timestamp of its record, epoch milliseconds
   */
  record Row(
      int partition,
      long offset,
      long timestamp,
      String action,
      String requestId,
      String submitter,
      int generation) {

    /** {@code partition@offset}. */
    String place() {
      return partition + "@" + offset;
    }

    boolean isAt(OriginalRecord original) {
      return partition == original.getPartition() && offset == original.getOffset();
    }
  }

  private final SelectionFilter filter;
  private final boolean oneOfEachKey;
  private final int keep;
  private final List<Row> first = new ArrayList<>();
  private final Map<String, Long> actions = new TreeMap<>();
  private final Map<Integer, Long> partitions = new TreeMap<>();
  private final Map<String, Row> chosen = new HashMap<>();
  private long count;
  private long unreadable;
  private long repeated;

  /**
   * @param filter whose action and submitter are looked at
   * @param keep how many requests to keep for showing
   */
  PastSelection(SelectionFilter filter, boolean oneOfEachKey, int keep) {
    this.filter = filter;
    this.oneOfEachKey = oneOfEachKey;
    this.keep = keep;
  }

  /**
   * @param request empty where the record is none
   */
  void add(OriginalRecord original, Optional<ActionRequest> request) {
    if (request.isEmpty()) {
      unreadable++;
      return;
    } else if (!matches(request.get())) {
      return;
    }
    Row row = row(original, request.get());
    if (oneOfEachKey) {
      Row before = chosen.get(IdempotencyKey.of(request.get()));
      if (before != null) {
        repeated++;
        if (before.generation() >= row.generation()) {
          return;
        }
        count(before, -1);
        first.remove(before);
      }
      chosen.put(IdempotencyKey.of(request.get()), row);
    }
    count(row, 1);
    if (first.size() < keep) {
      first.add(row);
    }
  }

  /** Whether a record is one of them; to be asked when all have been added. */
  boolean has(OriginalRecord original, Optional<ActionRequest> request) {
    return request.isPresent()
        && matches(request.get())
        && (!oneOfEachKey
            || Optional.ofNullable(chosen.get(IdempotencyKey.of(request.get())))
                .filter(each -> each.isAt(original))
                .isPresent());
  }

  private boolean matches(ActionRequest request) {
    return isOrAny(filter.getAction(), request.getAction())
        && isOrAny(filter.getSubmitter(), request.getSubmitter());
  }

  private static boolean isOrAny(String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }

  private static Row row(OriginalRecord original, ActionRequest request) {
    return new Row(
        original.getPartition(),
        original.getOffset(),
        original.getTimestamp(),
        request.getAction(),
        request.getRequestId(),
        request.getSubmitter(),
        Lineage.generation(original));
  }

  private void count(Row row, long change) {
    count += change;
    actions.merge(row.action(), change, PastSelection::sum);
    partitions.merge(row.partition(), change, PastSelection::sum);
  }

  private static Long sum(long one, long other) {
    return one + other == 0 ? null : one + other;
  }

  long count() {
    return count;
  }

  /** Records that are no request. */
  long unreadable() {
    return unreadable;
  }

  /** Requests that are left out for another with the same key. */
  long repeated() {
    return repeated;
  }

  Map<String, Long> actions() {
    return new TreeMap<>(actions);
  }

  Map<Integer, Long> partitions() {
    return new TreeMap<>(partitions);
  }

  List<Row> first() {
    return List.copyOf(first);
  }
}
