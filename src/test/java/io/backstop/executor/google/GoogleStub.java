package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.TestServiceConfig;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.HttpTransport;
import io.backstop.executor.http.VertxTransport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Google API on the loopback interface, and calls to it as the processor makes them. */
final class GoogleStub extends WireMockExtension {
  static final String KEY = "order-7";
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpTransport http = new VertxTransport();

  GoogleStub() {
    super(
        WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1").http2PlainDisabled(true)));
  }

  CallContext context(String service, Duration timeout) {
    return context(service, Map.of("token", "ya29.test"), KEY, timeout);
  }

  CallContext context(
      String service, Map<String, String> credentials, String key, Duration timeout) {
    Map<String, String> settings = new HashMap<>(credentials);
    // the prefix shows that full API paths are appended to the base URL
    settings.put("base-url", "http://127.0.0.1:" + getPort() + "/" + service + "/");
    var config = new TestServiceConfig(settings, Map.of());
    return new CallContext(
        key,
        1,
        Optional.of(TRACE),
        timeout,
        config,
        new CredentialsFactory().forService(service, config),
        http);
  }

  Outcome execute(ActionExecutor executor, Object payload) {
    return execute(executor, payload, Duration.ofSeconds(20));
  }

  Outcome execute(ActionExecutor executor, Object payload, Duration timeout) {
    return execute(executor, payload, context(executor.target().service(), timeout));
  }

  Outcome execute(ActionExecutor executor, Object payload, CallContext context) {
    return executor
        .execute(request(executor, payload), context)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  static ActionRequest request(ActionExecutor executor, Object payload) {
    return new ActionRequest(
        "r-1", executor.target().name(), payload, null, Priority.MEDIUM, null, null, null);
  }

  static List<String> problems(ActionExecutor executor, Object payload) {
    return executor.problems(request(executor, payload));
  }

  /** The calls received so far, in their order. */
  List<LoggedRequest> received() {
    List<LoggedRequest> calls =
        new ArrayList<>(
            getAllServeEvents().stream()
                .map(event -> LoggedRequest.createFrom(event.getRequest()))
                .toList());
    Collections.reverse(calls);
    return calls;
  }

  static ResponseDefinitionBuilder error(int status, String reason, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json; charset=UTF-8")
        .withBody(
            """
            {"error":{"code":%d,"message":"%s","errors":[
              {"domain":"global","reason":"%s","message":"%s"}]}}"""
                .formatted(status, message, reason, message));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void onAfterAll(WireMockRuntimeInfo info) {
    http.close();
  }
}
