package io.backstop.executor.mail;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.executor.CallContext;
import io.backstop.executor.PrimaryFailure;
import io.backstop.executor.TestServiceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls of the e-mail target as the processor makes them, to one server. */
record MailTo(EmailNotification email, TestServiceConfig config) {
  static final String KEY = "order-7";

  /** A server that is used without encryption and sign-in. */
  static MailTo at(String url) {
    return new MailTo(
        new EmailNotification(),
        TestServiceConfig.at(url)
            .with("sender", "Backstop <backstop@example.com>")
            .withOptions(Map.of("starttls", "off")));
  }

  MailTo with(String name, String value) {
    return new MailTo(email, config.with(name, value));
  }

  MailTo withOptions(Map<String, String> options) {
    return new MailTo(email, config.withOptions(options));
  }

  static MessagePayload.Builder mail() {
    return MessagePayload.newBuilder()
        .setRecipients(List.of("ada@example.com"))
        .setSubject("Invoice 7")
        .setText("It is paid.");
  }

  static ActionRequest request(String action, Object payload) {
    return new ActionRequest("r-1", action, payload, null, Priority.MEDIUM, null, null, null);
  }

  Outcome send(MessagePayload payload) throws Exception {
    return send(payload, Duration.ofSeconds(20));
  }

  Outcome send(MessagePayload payload, Duration timeout) throws Exception {
    return start(payload, KEY, timeout, Optional.empty()).get(30, TimeUnit.SECONDS);
  }

  Outcome sendInPlaceOf(PrimaryFailure failure, MessagePayload payload) throws Exception {
    return start(payload, KEY, Duration.ofSeconds(20), Optional.of(failure))
        .get(30, TimeUnit.SECONDS);
  }

  CompletableFuture<Outcome> start(
      MessagePayload payload, String key, Duration timeout, Optional<PrimaryFailure> failure) {
    return email
        .execute(request("email:notification", payload), context(key, timeout, failure))
        .toCompletableFuture();
  }

  Outcome checkHealth(Duration timeout) throws Exception {
    return email
        .healthCheck()
        .orElseThrow()
        .check(context("health-check", timeout, Optional.empty()))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private CallContext context(String key, Duration timeout, Optional<PrimaryFailure> failure) {
    return new CallContext(key, 1, Optional.empty(), timeout, config, null, null, failure, 0);
  }
}
