package io.backstop.executor.auth;

import io.backstop.config.ServiceAccess;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Trello's API key and token, in the header: in a URL they would end in logs. */
public final class TrelloKeyAndToken implements Credentials {
  private final CompletionStage<String> authorization;

  private TrelloKeyAndToken(CompletionStage<String> authorization) {
    this.authorization = authorization;
  }

  /**
   * @param service name of the service in the configuration, for the message when a part is missing
   */
  public static Credentials of(String service, ServiceAccess config) {
    Optional<String> key = ConfiguredSecret.of(config.apiKey());
    Optional<String> token = ConfiguredSecret.of(config.token());
    if (key.isEmpty() || token.isEmpty()) {
      var missing = ConfiguredSecret.missing(service, key.isEmpty() ? "api-key" : "token");
      return new TrelloKeyAndToken(CompletableFuture.failedFuture(missing));
    }
    return new TrelloKeyAndToken(
        CompletableFuture.completedFuture(
            "OAuth oauth_consumer_key=\"%s\", oauth_token=\"%s\""
                .formatted(key.get(), token.get())));
  }

  @Override
  public CompletionStage<String> authorization() {
    return authorization;
  }
}
