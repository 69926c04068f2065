package io.backstop.admin;

import io.backstop.executor.Json;
import io.backstop.runtime.Check.Status;
import io.backstop.runtime.Dependencies;
import io.backstop.runtime.HealthReport;
import io.backstop.runtime.Vitals;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** Answers the paths of {@link MonitoringPaths}. */
final class Monitoring {
  private final Access access;
  private final Vitals vitals;
  private final Dependencies dependencies;
  private final Supplier<String> scrape;

  Monitoring(Access access, Vitals vitals, Dependencies dependencies, Supplier<String> scrape) {
    this.access = access;
    this.vitals = vitals;
    this.dependencies = dependencies;
    this.scrape = scrape;
  }

  void addTo(RoutesConfig routes) {
    Answering.admit(routes, access);
    Answering.add(routes, MonitoringPaths.LIVE, health(vitals::live));
    Answering.add(routes, MonitoringPaths.READY, health(vitals::ready));
    Answering.add(routes, MonitoringPaths.HEALTH, health(() -> dependencies.report(vitals)));
    Answering.add(routes, MonitoringPaths.METRICS, this::metrics);
    Answering.addProblems(routes);
  }

  private static io.javalin.http.Handler health(Supplier<HealthReport> question) {
    return context -> {
      HealthReport report = question.get();
      context
          .status(report.status() == Status.FAIL ? 503 : 200)
          .contentType(HealthJson.MEDIA_TYPE)
          .result(Json.bytes(HealthJson.of(report)));
    };
  }

  private void metrics(Context context) {
    context.status(200).contentType(MonitoringPaths.METRICS_TYPE).result(scrape.get());
  }
}
