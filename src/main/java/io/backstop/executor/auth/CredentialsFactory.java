package io.backstop.executor.auth;

import io.backstop.config.ServiceConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the credentials of each service from its settings. Thread-safe. */
public final class CredentialsFactory {
  private final Executor refresh = refreshThreads();

  public Credentials forService(String service, ServiceConfig config) {
    return config
        .token()
        .<Credentials>map(token -> () -> CompletableFuture.completedFuture("Bearer " + token))
        .or(
            () ->
                new GoogleSignIn(service, config)
                    .credentials()
                    .map(google -> new GoogleTokenCredentials(service, google, refresh)))
        .orElseGet(() -> () -> CompletableFuture.failedFuture(missing(service)));
  }

  private static MissingCredentialsException missing(String service) {
    return new MissingCredentialsException(
        "no credentials for "
            + service
            + ": set backstop.services."
            + service
            + ".service-account-file (environment GOOGLE_SERVICE_ACCOUNT_FILE), or client-id,"
            + " client-secret and refresh-token there (GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET,"
            + " GOOGLE_REFRESH_TOKEN)");
  }

  private static Executor refreshThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            2,
            2,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "google-token-refresh");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
