package io.backstop.runtime;

import io.backstop.runtime.Check.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a health question is answered with. */
public record HealthReport(List<Check> checks) {

  public HealthReport {
    checks = List.copyOf(checks);
  }

  /** That of the worst check. */
  public Status status() {
    return checks.stream().map(Check::status).max(Comparator.naturalOrder()).orElse(Status.PASS);
  }

  /** The same with the checks of another one too. */
  HealthReport with(List<Check> more) {
    List<Check> all = new ArrayList<>(checks);
    all.addAll(more);
    return new HealthReport(all);
  }
}
