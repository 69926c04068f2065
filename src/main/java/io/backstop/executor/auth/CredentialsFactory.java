package io.backstop.executor.auth;

import com.google.auth.oauth2.GoogleCredentials;
import io.backstop.config.ServiceAccess;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Makes the credentials of each service from its settings. Thread-safe. */
public final class CredentialsFactory {
  private final Executor tokenRefresh = TokenRefreshThreads.start();

  /**
   * Credentials to be kept as long as the settings hold: they remember a fetched token. Where none
   * are configured each call is answered with {@link MissingCredentialsException}.
   *
   * @param service name of the service in the configuration
   * @throws io.backstop.config.StartupException when what is configured cannot work, naming it
   */
  public Credentials forService(String service, ServiceAccess config) {
    if (service.equals("trello")) {
      return TrelloKeyAndToken.of(service, config);
    }
    return GoogleScopes.isGoogle(service)
        ? google(service, config)
        : BearerToken.of(service, config);
  }

  private Credentials google(String service, ServiceAccess config) {
    if (ConfiguredSecret.of(config.token()).isPresent()) {
      return BearerToken.of(service, config);
    }
    Optional<GoogleCredentials> signedIn = new GoogleSignIn(service, config).credentials();
    if (signedIn.isPresent()) {
      return new GoogleTokenCredentials(service, signedIn.get(), tokenRefresh);
    }
    return () -> CompletableFuture.failedFuture(GoogleSignIn.missing(service));
  }
}
