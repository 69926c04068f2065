package io.backstop.admin;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One running instance that answers queries, where the configuration says so. */
public final class ServedProcessor implements AutoCloseable {
  private final Optional<QueryServer> server;
  private final ActionProcessor processor;

  private ServedProcessor(Optional<QueryServer> server, ActionProcessor processor) {
    this.server = server;
    this.processor = processor;
  }

  /**
   * As {@link ActionProcessor#start(BackstopConfig, Outside, Clock)}, with the endpoint for queries
   * bound before.
   *
   * @param outside what calls go out through; closed with the processor
   * @throws StartupException when something is not as it must be
   */
  public static ServedProcessor start(BackstopConfig config, Outside outside, Clock clock) {
    Optional<QueryServer> server;
    try {
      server =
          config.query().enabled()
              ? Optional.of(QueryServer.bind(config.query(), clock))
              : Optional.empty();
    } catch (RuntimeException e) {
      outside.close();
      throw e;
    }
    try {
      ActionProcessor processor =
          ActionProcessor.start(config, outside, server.map(QueryServer::address), clock);
      server.ifPresent(each -> each.serve(processor.stores()));
      return new ServedProcessor(server, processor);
    } catch (RuntimeException e) {
      server.ifPresent(QueryServer::close);
      throw e;
    }
  }

  /** Completes with the reason when the processor stopped because it cannot go on. */
  public CompletableFuture<Throwable> fatal() {
    return processor.fatal();
  }

  /** Where it answers queries; empty when it does not. */
  public Optional<String> url() {
    return server.map(each -> each.address().url());
  }

  /** Stops answering, then as {@link ActionProcessor#close}. */
  @Override
  public void close() {
    try {
      server.ifPresent(QueryServer::close);
    } finally {
      processor.close();
    }
  }
}
