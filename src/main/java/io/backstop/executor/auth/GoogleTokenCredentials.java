package io.backstop.executor.auth;

import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.GoogleCredentials;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Access tokens fetched by Google's auth library. A fresh token is answered at once; near its end
 * the old one is still answered while one refresh runs on the given executor; after its end callers
 * share that refresh.
 */
final class GoogleTokenCredentials implements Credentials {
  private final String service;
  private final GoogleCredentials google;
  private final Executor refresh;

  GoogleTokenCredentials(String service, GoogleCredentials google, Executor refresh) {
    this.service = service;
    this.google = google;
    this.refresh = refresh;
  }

  @Override
  public CompletionStage<String> authorization() {
    CompletableFuture<String> header = new CompletableFuture<>();
    google.getRequestMetadata(
        null,
        refresh,
        new RequestMetadataCallback() {
          @Override
          public void onSuccess(Map<String, List<String>> metadata) {
            header.complete(metadata.get("Authorization").get(0));
          }

          @Override
          public void onFailure(Throwable failure) {
            header.completeExceptionally(TokenRefusal.explain(service, failure));
          }
        });
    return header;
  }
}
