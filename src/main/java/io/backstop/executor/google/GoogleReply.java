package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.Outcome;
import io.backstop.executor.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/** What an answer of a Google API means for the request. */
final class GoogleReply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoogleReply() {}

  static boolean isSuccess(HttpReply reply) {
    return reply.status() >= 200 && reply.status() < 300;
  }

  static Outcome outcome(HttpReply reply) {
    OptionalInt status = OptionalInt.of(reply.status());
    if (isSuccess(reply)) {
      return new Outcome.Succeeded(new String(reply.body(), StandardCharsets.UTF_8), status);
    }
    GoogleError error = GoogleError.of(reply);
    return switch (error.failureClass()) {
      case RATE_LIMITED, SERVER_ERROR, TIMEOUT ->
          new Outcome.Retryable(error.failureClass(), error.message(), status, retryAfter(reply));
      default -> new Outcome.Permanent(error.failureClass(), error.message(), status);
    };
  }

  private static Optional<Duration> retryAfter(HttpReply reply) {
    return reply
        .header("retry-after")
        .filter(seconds -> seconds.matches("\\d{1,9}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  /** The answer's JSON; an answer that is none counts as one that was broken off. */
  static JsonNode json(HttpReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException notJson) {
      throw new CompletionException(new IOException("the answer is not JSON", notJson));
    }
  }
}
