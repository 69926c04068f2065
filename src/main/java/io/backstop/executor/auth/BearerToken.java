package io.backstop.executor.auth;

import io.backstop.config.ServiceAccess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A token that does not change while the process runs: Notion, Slack, custom services, tests. */
public final class BearerToken implements Credentials {
  private final CompletionStage<String> authorization;

  private BearerToken(CompletionStage<String> authorization) {
    this.authorization = authorization;
  }

  /**
   * @param service name of the service in the configuration, for the message when it has no token
   */
  public static Credentials of(String service, ServiceAccess config) {
    return new BearerToken(
        ConfiguredSecret.of(config.token())
            .map(token -> CompletableFuture.completedFuture("Bearer " + token))
            .orElseGet(
                () -> CompletableFuture.failedFuture(ConfiguredSecret.missing(service, "token"))));
  }

  @Override
  public CompletionStage<String> authorization() {
    return authorization;
  }
}
