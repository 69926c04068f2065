package io.backstop.executor;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.VertxTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A service on the loopback that answers as told, and an executor's way to it. */
public final class StubbedService implements AutoCloseable {
  public static final String KEY = "key-1";
  public static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final WireMockServer server =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final VertxTransport http = new VertxTransport();

  public StubbedService() {
    server.start();
  }

  /** Whatever is asked is answered so; earlier answers and requests are forgotten. */
  public void answers(ResponseDefinitionBuilder answer) {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  /** Settings with all credentials; the base URL has a path, as the simulator's has. */
  public TestServiceConfig config() {
    return TestServiceConfig.at(server.baseUrl() + "/base").token("secret").apiKey("public");
  }

  public Outcome execute(ActionExecutor executor, Object payload) throws Exception {
    return execute(executor, payload, config(), Duration.ofSeconds(20));
  }

  public Outcome execute(
      ActionExecutor executor, Object payload, ServiceAccess config, Duration timeout)
      throws Exception {
    Credentials credentials =
        new CredentialsFactory().forService(executor.target().service(), config);
    var context = new CallContext(KEY, 1, Optional.of(TRACE), timeout, config, credentials, http);
    return executor
        .execute(request(executor, payload), context)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  public static List<String> problems(ActionExecutor executor, Object payload) {
    return executor.problems(request(executor, payload));
  }

  public List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  public LoggedRequest onlyRequest() {
    if (requests().size() != 1) {
      throw new AssertionError("expected one request, got " + requests());
    }
    return requests().get(0);
  }

  @Override
  public void close() {
    http.close();
    server.stop();
  }

  private static ActionRequest request(ActionExecutor executor, Object payload) {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction(executor.target().name())
        .setPayload(payload)
        .setPriority(Priority.MEDIUM)
        .build();
  }
}
