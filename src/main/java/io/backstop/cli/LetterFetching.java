package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.client.QueryClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fetches the whole letters of a page, a few at once. */
final class LetterFetching implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final QueryClient client;

  LetterFetching(QueryClient client) {
    this.client = client;
  }

  /** In the order of the summaries; what is not there any more is an error reply. */
  List<QueryClient.Reply> whole(List<JsonNode> summaries) {
    List<CompletableFuture<QueryClient.Reply>> replies =
        summaries.stream()
            .map(
                each ->
                    CompletableFuture.supplyAsync(() -> fetch(each.path("id").asText()), threads))
            .toList();
    try {
      return replies.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private QueryClient.Reply fetch(String id) {
    return client.get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
