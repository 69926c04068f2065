package io.backstop.executor;

import static io.backstop.action.FailureClass.AUTHENTICATION;
import static io.backstop.action.FailureClass.CONFLICT;
import static io.backstop.action.FailureClass.NOT_FOUND;
import static io.backstop.action.FailureClass.RATE_LIMITED;
import static io.backstop.action.FailureClass.RESOURCE_EXHAUSTED;
import static io.backstop.action.FailureClass.SERVER_ERROR;
import static io.backstop.action.FailureClass.TIMEOUT;
import static io.backstop.action.FailureClass.VALIDATION;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns an answer into an outcome by one table per service. A failure is looked up by the service's
 * own error code first, then by HTTP status, then by the kind of status (4xx permanent, 5xx
 * retryable). Immutable once built, so one instance serves all calls.
 */
public final class ReplyClassifier {

  /** Reads a service's own error object. */
  @FunctionalInterface
  public interface ErrorReader {

    /**
     * The error that the answer carries; empty where there is none. Asked for every answer whose
     * body is JSON, so a service that says 200 to a failure can be understood.
     */
    Optional<ServiceError> read(HttpReply reply, JsonNode body);
  }

  private record Rule(FailureClass failureClass, boolean retryable) {}

  private static final Map<Integer, Rule> STATUSES =
      Map.ofEntries(
          Map.entry(401, new Rule(AUTHENTICATION, false)),
          Map.entry(403, new Rule(AUTHENTICATION, false)),
          Map.entry(404, new Rule(NOT_FOUND, false)),
          Map.entry(408, new Rule(TIMEOUT, true)),
          Map.entry(409, new Rule(CONFLICT, false)),
          Map.entry(410, new Rule(NOT_FOUND, false)),
          Map.entry(413, new Rule(RESOURCE_EXHAUSTED, false)),
          Map.entry(425, new Rule(CONFLICT, true)),
          Map.entry(429, new Rule(RATE_LIMITED, true)),
          Map.entry(507, new Rule(RESOURCE_EXHAUSTED, false)));

  private final ErrorReader errors;
  private final Map<String, Rule> byCode;
  private final Map<Integer, Rule> byStatus;
  private final boolean anyBody;

  private ReplyClassifier(Builder builder) {
    errors = builder.errors;
    byCode = Map.copyOf(builder.byCode);
    byStatus = Map.copyOf(builder.byStatus);
    anyBody = builder.anyBody;
  }

  public static Builder readingErrorsBy(ErrorReader errors) {
    return new Builder(errors);
  }

  /**
   * @param now for a {@code Retry-After} given as a date
   */
  public Outcome classify(HttpReply reply, Instant now) {
    boolean ok = reply.status() / 100 == 2;
    Optional<JsonNode> body = Json.read(reply.body()).filter(JsonNode::isContainerNode);
    Optional<ServiceError> error = body.flatMap(json -> errors.read(reply, json));
    if (ok && error.isEmpty()) {
      return body.isPresent() ? succeeded(reply) : withoutJson(reply);
    }
    ServiceError said = error.orElseGet(() -> new ServiceError("", plain(reply)));
    return failed(reply, rule(reply.status(), said.code()), said.text(), now);
  }

  private static Outcome succeeded(HttpReply reply) {
    return new Outcome.Succeeded(
        new String(reply.body(), StandardCharsets.UTF_8), OptionalInt.of(reply.status()));
  }

  /** Where it matters, something between us and the service answered, or was cut short. */
  private Outcome withoutJson(HttpReply reply) {
    if (anyBody) {
      return new Outcome.Succeeded("{}", OptionalInt.of(reply.status()));
    }
    return new Outcome.Retryable(
        SERVER_ERROR,
        ServiceError.cut("the answer is not a JSON document: " + plain(reply)),
        OptionalInt.of(reply.status()),
        Optional.empty());
  }

  private Rule rule(int status, String code) {
    Rule own = byCode.getOrDefault(code, byStatus.get(status));
    return own != null ? own : STATUSES.getOrDefault(status, byKind(status));
  }

  private static Rule byKind(int status) {
    return status >= 500 ? new Rule(SERVER_ERROR, true) : new Rule(VALIDATION, false);
  }

  private static Outcome failed(HttpReply reply, Rule rule, String message, Instant now) {
    var status = OptionalInt.of(reply.status());
    return rule.retryable
        ? new Outcome.Retryable(rule.failureClass, message, status, RetryAfter.of(reply, now))
        : new Outcome.Permanent(rule.failureClass, message, status);
  }

  private static String plain(HttpReply reply) {
    var text = new String(reply.body(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "HTTP status " + reply.status() + " without a body" : text;
  }

  /** Collects a service's own rules. */
  public static final class Builder {
    private final ErrorReader errors;
    private final Map<String, Rule> byCode = new HashMap<>();
    private final Map<Integer, Rule> byStatus = new HashMap<>();
    private boolean anyBody;

    private Builder(ErrorReader errors) {
      this.errors = errors;
    }

    /** Failures with these codes of the service may pass when repeated. */
    public Builder retryable(FailureClass failureClass, String... codes) {
      return codes(new Rule(failureClass, true), codes);
    }

    /** Failures with these codes of the service stay however often the call is repeated. */
    public Builder permanent(FailureClass failureClass, String... codes) {
      return codes(new Rule(failureClass, false), codes);
    }

    /** Failures with this status may pass, where the code says nothing else. */
    public Builder retryable(FailureClass failureClass, int status) {
      byStatus.put(status, new Rule(failureClass, true));
      return this;
    }

    /** Failures with this status stay, where the code says nothing else. */
    public Builder permanent(FailureClass failureClass, int status) {
      byStatus.put(status, new Rule(failureClass, false));
      return this;
    }

    /** A 2xx is a success whatever its body; one that is not JSON is left out of the response. */
    public Builder succeedingWithAnyBody() {
      anyBody = true;
      return this;
    }

    public ReplyClassifier build() {
      return new ReplyClassifier(this);
    }

    private Builder codes(Rule rule, String... codes) {
      for (String code : codes) {
        byCode.put(code, rule);
      }
      return this;
    }
  }
}
