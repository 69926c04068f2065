package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.client.QueryClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fetches the whole letters of a list, a few at once, and writes one line for each. */
final class LetterFetching implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Asking asking;
  private final PrintWriter out;
  private long written;
  private long leftOut;

  LetterFetching(Asking asking, PrintWriter out) {
    this.asking = asking;
    this.out = out;
  }

  /**
   * Writes the letters of a page, in its order; one that is not there any more is left out.
   *
   * @return whether what was written arrived; a closed pipe (| head) ends the export
   */
  boolean write(List<JsonNode> page) {
    List<CompletableFuture<QueryClient.Reply>> replies =
        page.stream()
            .map(
                each ->
                    CompletableFuture.supplyAsync(() -> fetch(each.path("id").asText()), threads))
            .toList();
    for (CompletableFuture<QueryClient.Reply> reply : replies) {
      write(awaited(reply));
    }
    return !out.checkError();
  }

  private void write(QueryClient.Reply letter) {
    if (letter.isOk()) {
      out.println(letter.body());
      written++;
    } else {
      asking.sayWhatIsMissing(letter.body());
      leftOut++;
    }
  }

  private QueryClient.Reply fetch(String id) {
    return asking.client().get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
  }

  private static QueryClient.Reply awaited(CompletableFuture<QueryClient.Reply> reply) {
    try {
      return reply.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  long written() {
    return written;
  }

  long leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
