package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import io.backstop.runtime.Check;
import io.backstop.runtime.HealthReport;
import java.util.Locale;

/** Health reports in the form of the draft "Health Check Response Format for HTTP APIs". */
final class HealthJson {
  static final String MEDIA_TYPE = "application/health+json";

  private HealthJson() {}

  static ObjectNode of(HealthReport report) {
    ObjectNode json = Json.object().put("status", word(report.status()));
    ObjectNode checks = json.putObject("checks");
    report.checks().forEach(check -> checks.putArray(check.name()).add(of(check)));
    return json;
  }

  private static ObjectNode of(Check check) {
    ObjectNode json = Json.object().put("status", word(check.status()));
    if (check.observed() instanceof Number number) {
      json.put("observedValue", number.longValue());
      json.put("observedUnit", check.name().endsWith(":responseTime") ? "ms" : "records");
    } else if (check.observed() != null) {
      json.put("observedValue", check.observed().toString());
    }
    if (!check.output().isEmpty()) {
      json.put("output", check.output());
    }
    return json.put("time", check.at().toString());
  }

  private static String word(Check.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
