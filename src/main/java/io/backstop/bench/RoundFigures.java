package io.backstop.bench;

import java.util.List;

/**
 * What one round showed, between 10% and 90% of its results being visible: so neither start-up nor
 * the wait for the last commit counts.
 *
 * @param perSecond results that became visible per second
 * @param cpuPerThousand CPU seconds of this process per 1,000 results
 * @param brokerCpuPerThousand CPU seconds of the broker's process per 1,000 results
 */
record RoundFigures(double perSecond, double cpuPerThousand, double brokerCpuPerThousand) {

  /** What was visible at an instant, and the CPU time spent until then. */
  record Mark(long nanos, long visible, long cpuNanos, long brokerCpuNanos) {}

  /**
   * @param marks in order, the first before any result was visible, the last with all
   */
  static RoundFigures between(List<Mark> marks, int results) {
    Mark to = firstWith(marks, results - results / 10);
    Mark from = firstWith(marks, Math.max(1, results / 10));
    if (from.visible() == to.visible()) {
      from = lastBelow(marks, to.visible());
    }
    double count = to.visible() - from.visible();
    return new RoundFigures(
        count / (to.nanos() - from.nanos()) * 1e9,
        (to.cpuNanos() - from.cpuNanos()) / 1e9 / count * 1_000,
        (to.brokerCpuNanos() - from.brokerCpuNanos()) / 1e9 / count * 1_000);
  }

  private static Mark firstWith(List<Mark> marks, long visible) {
    return marks.stream().filter(mark -> mark.visible() >= visible).findFirst().orElseThrow();
  }

  private static Mark lastBelow(List<Mark> marks, long visible) {
    Mark last = marks.get(0);
    for (Mark mark : marks) {
      if (mark.visible() < visible) {
        last = mark;
      }
    }
    return last;
  }
}
