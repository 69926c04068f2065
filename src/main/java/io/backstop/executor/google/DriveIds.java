package io.backstop.executor.google;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * File ids that Drive gave out beforehand. A key keeps its id until its file is known to be made,
 * so that a call repeated after a timeout names the same id and Drive refuses a second file.
 *
 * <p>Bounded: {@value #MAX_SPARE} unused ids and {@value #MAX_KEPT} keys, the longest unused of
 * which is forgotten first. Nothing survives the process; for a repeat after a crash {@link
 * DriveCreation} looks the key up in Drive. Thread-safe.
 */
final class DriveIds {
  static final int MAX_SPARE = 100;
  static final int MAX_KEPT = 10_000;

  private final Deque<String> spare = new ArrayDeque<>();
  private final Map<String, String> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** The id of the key, else a spare one; empty when {@link #keep} must bring new ones. */
  synchronized Optional<String> of(String key) {
    String id = kept.get(key);
    if (id == null && !spare.isEmpty()) {
      id = assign(key, spare.removeFirst());
    }
    return Optional.ofNullable(id);
  }

  /**
   * Gives the key one of the new ids, unless it has got one meanwhile, and keeps the rest to spare.
   *
   * @param generated not empty
   */
  synchronized String keep(String key, List<String> generated) {
    generated.stream().limit(MAX_SPARE - spare.size()).forEach(spare::addLast);
    return of(key).orElseThrow();
  }

  /** The key needs no id any more. */
  synchronized void release(String key) {
    kept.remove(key);
  }

  private String assign(String key, String id) {
    kept.put(key, id);
    if (kept.size() > MAX_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return id;
  }
}
