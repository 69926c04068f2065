package io.backstop.simulator;

import java.util.Map;
import java.util.TreeMap;

/** Counts of one service. Thread-safe: written by the event loop, read by anyone. */
final class ServiceCounters {
  static final String HANG = "hang";
  static final String RESET = "reset";

  private final Map<String, Map<String, long[]>> answersByEndpoint = new TreeMap<>();
  private KeyLog seenKeys = new KeyLog(KeyLog.DEFAULT_GENERATION);
  private KeyLog effectKeys = new KeyLog(KeyLog.DEFAULT_GENERATION);
  private long calls;
  private long inFlight;
  private long peakInFlight;
  private long urlCredentials;
  private long distinctKeys;
  private long repeatedKeys;
  private long absentKeys;
  private long effects;
  private long repeatedEffects;

  /** The number of this call, from 1. */
  synchronized long arrived() {
    inFlight++;
    peakInFlight = Math.max(peakInFlight, inFlight);
    return ++calls;
  }

  synchronized void left() {
    inFlight--;
  }

  synchronized void answered(String endpoint, String answer) {
    Map<String, long[]> answers = answersByEndpoint.get(endpoint);
    if (answers == null) {
      answers = new TreeMap<>();
      answersByEndpoint.put(endpoint, answers);
    }
    long[] count = answers.get(answer);
    if (count == null) {
      count = new long[1];
      answers.put(answer, count);
    }
    count[0]++;
  }

  synchronized void urlCredentials() {
    urlCredentials++;
  }

  synchronized void key(long keyHash) {
    if (seenKeys.add(keyHash)) {
      distinctKeys++;
    } else {
      repeatedKeys++;
    }
  }

  synchronized void noKey() {
    absentKeys++;
  }

  synchronized void effect() {
    effects++;
  }

  synchronized void effect(long keyHash) {
    effects++;
    if (!effectKeys.add(keyHash)) {
      repeatedEffects++;
    }
  }

  synchronized SimulatorStats.Service snapshot() {
    Map<String, SimulatorStats.Endpoint> endpoints = new TreeMap<>();
    answersByEndpoint.forEach((name, answers) -> endpoints.put(name, endpoint(answers)));
    return new SimulatorStats.Service(
        calls,
        inFlight,
        peakInFlight,
        urlCredentials,
        new SimulatorStats.Keys(distinctKeys, repeatedKeys, absentKeys),
        new SimulatorStats.Effects(effects, repeatedEffects),
        endpoints);
  }

  private static SimulatorStats.Endpoint endpoint(Map<String, long[]> answers) {
    Map<String, Long> counts = new TreeMap<>();
    answers.forEach((answer, count) -> counts.put(answer, count[0]));
    return new SimulatorStats.Endpoint(
        counts.values().stream().mapToLong(Long::longValue).sum(), counts);
  }

  /** Calls in flight stay counted as such. */
  synchronized void reset() {
    answersByEndpoint.clear();
    seenKeys = new KeyLog(KeyLog.DEFAULT_GENERATION);
    effectKeys = new KeyLog(KeyLog.DEFAULT_GENERATION);
    calls = 0;
    peakInFlight = inFlight;
    urlCredentials = 0;
    distinctKeys = 0;
    repeatedKeys = 0;
    absentKeys = 0;
    effects = 0;
    repeatedEffects = 0;
  }
}
