package io.backstop.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Which requests have their result, told by the keys of the results' records. */
final class Receipts {
  private final Map<String, Integer> open = new HashMap<>();
  private final int expected;
  private int missing;
  private int surplus;

  private Receipts(int expected) {
    this.expected = expected;
    this.missing = expected;
  }

  /**
   * Of requests whose keys are numbers.
   *
   * @param key of each of the first {@code count} requests; several may share one
   */
  static Receipts ofNumbers(int count, IntUnaryOperator key) {
    var receipts = new Receipts(count);
    for (int request = 0; request < count; request++) {
      receipts.open.merge(Integer.toString(key.applyAsInt(request)), 1, Integer::sum);
    }
    return receipts;
  }

  void take(byte[] key) {
    String name = new String(key, StandardCharsets.UTF_8);
    int left = open.getOrDefault(name, 0);
    if (left == 0) {
      surplus++;
      return;
    }
    missing--;
    if (left == 1) {
      open.remove(name);
    } else {
      open.put(name, left - 1);
    }
  }

  int expected() {
    return expected;
  }

  /** Requests without a result. */
  int missing() {
    return missing;
  }

  /** Results of requests that had theirs already, or were never made. */
  int surplus() {
    return surplus;
  }

  /**
   * @throws IllegalStateException when a request has no result, or more than one
   */
  void requireOneEach() {
    if (missing > 0 || surplus > 0) {
      throw new IllegalStateException(
          "of %,d requests %,d have no result, and %,d results came beside theirs"
              .formatted(expected, missing, surplus));
    }
  }
}
