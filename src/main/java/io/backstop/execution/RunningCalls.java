package io.backstop.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of one task that are in flight, by service in order of their start. Calls of one
 * service share one timeout, so the overdue ones are always at the front. Stream thread only.
 */
final class RunningCalls {
  private final Map<String, LinkedHashMap<String, RunningCall>> byService = new HashMap<>();

  void add(RunningCall call) {
    byService
        .computeIfAbsent(call.service().name(), service -> new LinkedHashMap<>())
        .put(call.work().idempotencyKey(), call);
  }

  /** Takes a call out; false when it is not in flight any more, because it was given up. */
  boolean remove(RunningCall call) {
    Map<String, RunningCall> calls = byService.get(call.service().name());
    return calls != null && calls.remove(call.work().idempotencyKey(), call);
  }

  /** Whether a call has not ended and was not given up. */
  boolean contains(RunningCall call) {
    return find(call.work().idempotencyKey()) == call;
  }

  /** The call in flight under a key; null for none. */
  RunningCall find(String idempotencyKey) {
    for (Map<String, RunningCall> calls : byService.values()) {
      RunningCall call = calls.get(idempotencyKey);
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  /** Takes out the calls whose timeout has passed. */
  List<RunningCall> takeOverdue(long now) {
    List<RunningCall> overdue = new ArrayList<>();
    for (LinkedHashMap<String, RunningCall> calls : byService.values()) {
      Iterator<RunningCall> oldestFirst = calls.values().iterator();
      while (oldestFirst.hasNext()) {
        RunningCall call = oldestFirst.next();
        if (!call.isOverdue(now)) {
          break;
        }
        oldestFirst.remove();
        overdue.add(call);
      }
    }
    return overdue;
  }

  /** Takes out all. */
  List<RunningCall> takeAll() {
    List<RunningCall> all = new ArrayList<>();
    byService.values().forEach(calls -> all.addAll(calls.values()));
    byService.clear();
    return all;
  }
}
