package io.backstop.runtime;

import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import io.backstop.executor.http.HttpCall;
import io.backstop.executor.http.HttpReply;
import io.backstop.executor.http.HttpTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An outside that no HTTP call leaves for. */
final class TestOutside {
  private TestOutside() {}

  static Outside of(ActionExecutor... executors) {
    return new Outside(
        Targets.of(List.of(executors)),
        (service, settings) -> () -> CompletableFuture.completedFuture("none"),
        new NoHttp(),
        new SimpleMeterRegistry());
  }

  private static final class NoHttp implements HttpTransport {
    @Override
    public CompletableFuture<HttpReply> send(HttpCall call) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public void close() {}
  }
}
