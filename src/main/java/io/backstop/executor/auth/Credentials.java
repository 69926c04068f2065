package io.backstop.executor.auth;

import java.util.concurrent.CompletionStage;

/** A service's credentials. Thread-safe. */
public interface Credentials {

  /**
   * Value of the {@code Authorization} header. Completes at once for a static token, after a
   * refresh where a token is fetched; never blocks the caller. Completes exceptionally with {@link
   * MissingCredentialsException} where none are configured.
   */
  CompletionStage<String> authorization();
}
