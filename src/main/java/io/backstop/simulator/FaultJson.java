package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and writes {@link FaultPlan} as JSON; {@link InvalidFaultException} names the field. */
final class FaultJson {
  private FaultJson() {}

  static FaultPlan read(byte[] bytes) {
    return read(Field.root(bytes));
  }

  /** Plans by service label, as {@code GET /faults} shows them; services may be left out. */
  static Map<EmulatedService, FaultPlan> readAll(byte[] bytes) {
    Field all = Field.root(bytes);
    String[] labels =
        Arrays.stream(EmulatedService.values()).map(EmulatedService::label).toArray(String[]::new);
    all.allow(labels);
    Map<EmulatedService, FaultPlan> plans = new EnumMap<>(EmulatedService.class);
    for (EmulatedService service : EmulatedService.values()) {
      Field plan = all.at(service.label());
      if (!plan.isAbsent()) {
        plans.put(service, read(plan));
      }
    }
    return plans;
  }

  private static FaultPlan read(Field plan) {
    plan.allow("latency", "failures", "outage");
    FaultPlan.Outage outage =
        plan.at("outage").oneOf(FaultPlan.Outage.values(), FaultPlan.Outage.NONE);
    List<Failure> failures = new ArrayList<>();
    for (Field failure : plan.at("failures").elements()) {
      failures.add(failure(failure));
    }
    Latency latency = latency(plan.at("latency"));
    try {
      return new FaultPlan(latency, failures, outage);
    } catch (IllegalArgumentException e) {
      throw plan.at("failures").invalid(e.getMessage());
    }
  }

  private static Latency latency(Field field) {
    if (field.isAbsent()) {
      return Latency.NONE;
    }
    String kind = field.at("kind").text("fixed");
    switch (kind) {
      case "fixed":
        field.allow("kind", "ms");
        return new Latency.Fixed(field.at("ms").number(0, Latency.MAX_MILLIS));
      case "uniform":
        field.allow("kind", "minMs", "maxMs");
        double min = field.at("minMs").number(0, Latency.MAX_MILLIS);
        return new Latency.Uniform(min, field.at("maxMs").number(min, Latency.MAX_MILLIS));
      case "normal":
        field.allow("kind", "meanMs", "stdDevMs");
        return new Latency.Normal(
            field.at("meanMs").number(0, Latency.MAX_MILLIS),
            field.at("stdDevMs").number(0, Latency.MAX_MILLIS));
      case "exponential":
        field.allow("kind", "meanMs");
        return new Latency.Exponential(field.at("meanMs").number(0, Latency.MAX_MILLIS));
      case "lognormal":
        field.allow("kind", "medianMs", "p99Ms");
        double median = field.at("medianMs").number(1, Latency.MAX_MILLIS);
        return new Latency.LogNormal(median, field.at("p99Ms").number(median, Latency.MAX_MILLIS));
      default:
        throw field
            .at("kind")
            .invalid("is not one of fixed, uniform, normal, exponential, lognormal");
    }
  }

  private static Failure failure(Field field) {
    field.allow(
        "rate",
        "kind",
        "answer",
        "status",
        "reason",
        "retryAfterSeconds",
        "retryAfterAs",
        "afterEffect");
    Field retryAfter = field.at("retryAfterSeconds");
    return new Failure(
        field.at("rate").number(0, 1),
        field.at("kind").oneOf(Failure.Kind.values(), Failure.Kind.TRANSIENT),
        field.at("answer").oneOf(Failure.Answer.values(), Failure.Answer.ERROR),
        field.at("status").isAbsent() ? 500 : field.at("status").integer(200, 599),
        Optional.ofNullable(field.at("reason").text(null)),
        retryAfter.isAbsent() ? OptionalInt.empty() : OptionalInt.of(retryAfter.integer(0, 86_400)),
        field
            .at("retryAfterAs")
            .oneOf(Failure.RetryAfterForm.values(), Failure.RetryAfterForm.SECONDS),
        field.at("afterEffect").flag());
  }

  static JsonNode write(FaultPlan plan) {
    ObjectNode node = Json.object();
    node.set("latency", latency(plan.latency()));
    ArrayNode failures = node.putArray("failures");
    for (Failure failure : plan.failures()) {
      ObjectNode entry = failures.addObject();
      entry.put("rate", failure.rate());
      entry.put("kind", word(failure.kind()));
      entry.put("answer", word(failure.answer()));
      entry.put("status", failure.status());
      failure.reason().ifPresent(reason -> entry.put("reason", reason));
      failure.retryAfterSeconds().ifPresent(seconds -> entry.put("retryAfterSeconds", seconds));
      entry.put("retryAfterAs", word(failure.retryAfterAs()));
      entry.put("afterEffect", failure.afterEffect());
    }
    return node.put("outage", word(plan.outage()));
  }

  private static ObjectNode latency(Latency latency) {
    ObjectNode node = Json.object();
    if (latency instanceof Latency.Fixed fixed) {
      return node.put("kind", "fixed").put("ms", fixed.ms());
    } else if (latency instanceof Latency.Uniform uniform) {
      return node.put("kind", "uniform")
          .put("minMs", uniform.minMs())
          .put("maxMs", uniform.maxMs());
    } else if (latency instanceof Latency.Normal normal) {
      return node.put("kind", "normal")
          .put("meanMs", normal.meanMs())
          .put("stdDevMs", normal.stdDevMs());
    } else if (latency instanceof Latency.Exponential exponential) {
      return node.put("kind", "exponential").put("meanMs", exponential.meanMs());
    }
    Latency.LogNormal logNormal = (Latency.LogNormal) latency;
    return node.put("kind", "lognormal")
        .put("medianMs", logNormal.medianMs())
        .put("p99Ms", logNormal.p99Ms());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
