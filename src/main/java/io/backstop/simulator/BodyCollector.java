package io.backstop.simulator;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a request's body up to a limit; a larger one gets 413 and its connection closed. */
final class BodyCollector implements Handler<Buffer> {
  static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final byte[] NOTHING = {};

  private final HttpServerRequest request;
  private Buffer collected;
  private boolean refused;

  private BodyCollector(HttpServerRequest request) {
    this.request = request;
  }

  static void collect(HttpServerRequest request, Consumer<byte[]> whole) {
    BodyCollector collector = new BodyCollector(request);
    request.handler(collector);
    request.endHandler(
        end -> {
          if (!collector.refused) {
            whole.accept(collector.collected == null ? NOTHING : collector.collected.getBytes());
          }
        });
  }

  @Override
  public void handle(Buffer part) {
    if (refused) {
      return;
    }
    if (collected == null) {
      collected = part;
    } else {
      collected.appendBuffer(part);
    }
    if (collected.length() > MAX_BYTES) {
      refused = true;
      collected = null;
      request.response().setStatusCode(413).putHeader("Connection", "close").end();
    }
  }
}
