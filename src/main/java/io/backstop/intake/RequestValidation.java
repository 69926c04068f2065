package io.backstop.intake;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PayloadFamily;
import io.backstop.action.RecordHeaders;
import io.backstop.action.RequestLog;
import io.backstop.config.IntakeConfig;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request must be to be let in. Reads no clock; every refusal names the field and the mend.
 */
final class RequestValidation {
  private static final Logger LOG = LoggerFactory.getLogger(RequestValidation.class);
  private static final int MAX_ID_LENGTH = 200;

  /** They travel on every record that comes of a request, so these stay below their limits. */
  private static final int MAX_AROUND_VALUE = 1024 * 1024;

  /** Why a record or request is not let in. */
  record Refusal(FailureClass failureClass, String reason) {
    static Refusal invalid(String reason) {
      return new Refusal(FailureClass.VALIDATION, reason);
    }
  }

  private final Targets targets;
  private final Function<ActionRequest, List<String>> policyProblems;
  private final int maxRequestSize;
  private final Duration maxTimestampAhead;
  private final Duration maxDeadlineAhead;

  RequestValidation(
      Targets targets, IntakeConfig config, Function<ActionRequest, List<String>> policyProblems) {
    this.policyProblems = policyProblems;
    this.targets = targets;
    this.maxRequestSize = config.maxRequestSize();
    this.maxTimestampAhead = config.maxTimestampAhead();
    this.maxDeadlineAhead = config.maxDeadlineAhead();
  }

  /** What is wrong with a record, whatever its bytes mean. */
  Optional<Refusal> ofRecord(OriginalRecord original, byte[] value, long now) {
    long timestamp = original.getTimestamp();
    if (value == null) {
      return Optional.of(
          new Refusal(
              FailureClass.UNDECODABLE,
              "value is null: a request is an ActionRequest record; there are no tombstones here"));
    }
    if (value.length > maxRequestSize) {
      return Optional.of(
          Refusal.invalid(
              "value has %,d bytes, more than the %,d that backstop.intake.max-request-size allows: send a smaller payload, or raise the limit"
                  .formatted(value.length, maxRequestSize)));
    }
    int around = RecordHeaders.sizeAroundValue(original);
    if (around > MAX_AROUND_VALUE) {
      return Optional.of(
          Refusal.invalid(
              "record key and headers have %,d bytes, more than the %,d allowed: send them in the payload, or a reference to them"
                  .formatted(around, MAX_AROUND_VALUE)));
    }
    if (timestamp < 0) {
      return Optional.of(
          Refusal.invalid(
              "record timestamp %d is negative: set epoch milliseconds, or let the producer set it"
                  .formatted(timestamp)));
    }
    if (timestamp - now > maxTimestampAhead.toMillis()) {
      return Optional.of(
          Refusal.invalid(
              "record timestamp %d is more than %s ahead of now (%d): set epoch milliseconds (not microseconds), or correct the producer's clock"
                  .formatted(timestamp, readable(maxTimestampAhead), now)));
    }
    return Optional.empty();
  }

  /** What is wrong with a decoded request. */
  Optional<Refusal> ofRequest(ActionRequest request, long now) {
    Optional<Refusal> id = ofId("requestId", request.getRequestId());
    if (id.isPresent()) {
      return id;
    }
    if (request.getIdempotencyKey() != null) {
      Optional<Refusal> key = ofId("idempotencyKey", request.getIdempotencyKey());
      if (key.isPresent()) {
        return key;
      }
    }
    Optional<ActionExecutor> executor = targets.find(request.getAction());
    if (executor.isEmpty()) {
      return Optional.of(Refusal.invalid(unknownAction(request.getAction())));
    }
    PayloadFamily family = PayloadFamily.of(request.getPayload());
    PayloadFamily wanted = executor.get().target().family();
    if (family != wanted) {
      return Optional.of(
          Refusal.invalid(
              "payload is a %s, but %s takes a %s: send that record in the field payload"
                  .formatted(family.recordName(), request.getAction(), wanted.recordName())));
    }
    Optional<Refusal> deadline = ofDeadline(request.getDeadline(), now);
    return deadline.isPresent() ? deadline : ofFields(executor.get(), request);
  }

  private static Optional<Refusal> ofId(String field, String id) {
    if (id.isBlank()) {
      return Optional.of(Refusal.invalid(field + " is empty: give each request an id of its own"));
    }
    if (id.length() > MAX_ID_LENGTH) {
      return Optional.of(
          Refusal.invalid(
              "%s has %d characters: at most %d are allowed; send a hash of it"
                  .formatted(field, id.length(), MAX_ID_LENGTH)));
    }
    return Optional.empty();
  }

  // a deadline that has passed is for the execution to judge: a late duplicate still gets its
  // result
  private Optional<Refusal> ofDeadline(Instant deadline, long now) {
    if (deadline == null) {
      return Optional.empty();
    }
    long at = deadline.toEpochMilli();
    if (at > now + maxDeadlineAhead.toMillis()) {
      return Optional.of(
          Refusal.invalid(
              "deadline %d is more than %s ahead: set epoch milliseconds (not microseconds), or leave it out"
                  .formatted(at, readable(maxDeadlineAhead))));
    }
    return Optional.empty();
  }

  private Optional<Refusal> ofFields(ActionExecutor executor, ActionRequest request) {
    try {
      List<String> problems = new ArrayList<>(executor.problems(request));
      problems.addAll(policyProblems.apply(request));
      return problems.isEmpty()
          ? Optional.empty()
          : Optional.of(Refusal.invalid(String.join("; ", problems)));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      RequestLog.about(
          request.getRequestId(),
          Optional.empty(),
          () -> LOG.error("target cannot judge a request target={}", request.getAction(), e));
      return Optional.of(
          new Refusal(
              FailureClass.INTERNAL,
              "target %s failed on this request (%s): this is a defect of the target; report it, and replay once it is mended"
                  .formatted(request.getAction(), e)));
    }
  }

  private String unknownAction(String action) {
    String shown = action.length() > 100 ? action.substring(0, 100) + "..." : action;
    return "action '%s' is not known here: use one of %s"
        .formatted(shown.replaceAll("\\p{Cntrl}", "?"), String.join(", ", targets.names()));
  }

  private static String readable(Duration duration) {
    return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toString().substring(2);
  }
}
