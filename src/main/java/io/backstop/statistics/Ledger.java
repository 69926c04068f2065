package io.backstop.statistics;

import io.backstop.action.ActionNames;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FallbackUse;
import io.backstop.action.LedgerLine;
import io.backstop.action.LedgerPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What fallbacks have done in the whole fleet: one line for each pair of an action and a step, and
 * one for each task's part of the retry queue. All totals are sums over the lines. Bounded in the
 * number of lines, whatever the reports say. Pure; not thread-safe.
 */
final class Ledger {
  private static final int MAX_PAIRS = 500;
  private static final int MAX_TASKS = 5_000;
  private static final int MAX_NAME = 200;
  private static final String PAIR = "pair:";
  private static final String QUEUE = "queue:";

  /**
   * What a report has changed.
   *
   * @param lines by their keys
   * @param notices what the team is to be told now
   */
  record Changes(Map<String, LedgerLine> lines, List<Notice> notices) {}

  private final Throttle throttle;
  private final Map<String, LedgerLine> lines = new TreeMap<>();
  private int pairs;

  Ledger(Throttle throttle) {
    this.throttle = throttle;
  }

  /** Puts in a line as a change has named it before. */
  void restore(String key, LedgerLine line) {
    if (lines.put(key, line) == null && line.getPair() != null) {
      pairs++;
    }
  }

  /** Adds what a task has told. Numbers below zero, which no task tells, count as none. */
  Changes apply(FallbackReport report, long now) {
    Changes changes = new Changes(new TreeMap<>(), new ArrayList<>());
    for (FallbackUse use : report.getUses()) {
      if (Math.max(use.getSucceeded(), use.getFailed()) > 0) {
        apply(use, changes, now);
      }
    }
    String task = QUEUE + name(report.getTask());
    if (report.getQueue() != null
        && (lines.containsKey(task) || lines.size() - pairs < MAX_TASKS)) {
      put(task, LedgerLine.newBuilder().setQueue(report.getQueue()).build(), changes);
    }
    return changes;
  }

  FallbackStatistics statistics() {
    return LedgerTotals.of(lines.values());
  }

  private void apply(FallbackUse use, Changes changes, long now) {
    String primary = name(use.getPrimaryAction());
    String step = name(use.getFallbackAction());
    String key = key(primary, step);
    if (!lines.containsKey(key) && pairs >= MAX_PAIRS) {
      primary = ActionNames.OTHER;
      step = ActionNames.OTHER;
      key = key(primary, step);
    }
    LedgerLine known = lines.get(key);
    LedgerPair before =
        known == null ? PairHistory.first(primary, step, use.getLastAt()) : known.getPair();
    PairHistory.Told told = PairHistory.after(before, use, throttle, now);
    put(key, LedgerLine.newBuilder().setPair(told.pair()).build(), changes);
    told.notice().ifPresent(changes.notices()::add);
  }

  private void put(String key, LedgerLine line, Changes changes) {
    restore(key, line);
    changes.lines().put(key, line);
  }

  private static String key(String primary, String step) {
    return PAIR + primary + "|" + step;
  }

  /** Whatever stands on the topic becomes part of keys and of messages to people. */
  private static String name(String given) {
    String cut = given.length() <= MAX_NAME ? given : given.substring(0, MAX_NAME);
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
