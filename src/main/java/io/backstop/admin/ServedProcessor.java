package io.backstop.admin;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import io.backstop.runtime.Vitals;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One running instance that answers queries and health checks, where the configuration says so. */
public final class ServedProcessor implements AutoCloseable {
  private final Vitals vitals;
  private final Optional<MonitoringServer> monitoring;
  private final Optional<QueryServer> server;
  private final ActionProcessor processor;

  private ServedProcessor(
      Vitals vitals,
      Optional<MonitoringServer> monitoring,
      Optional<QueryServer> server,
      ActionProcessor processor) {
    this.vitals = vitals;
    this.monitoring = monitoring;
    this.server = server;
    this.processor = processor;
  }

  /**
   * As {@link ActionProcessor#start(BackstopConfig, Outside, Clock)}, with the endpoints for health
   * checks and queries bound before.
   *
   * @param outside what calls go out through; closed with the processor
   * @throws StartupException when something is not as it must be
   */
  public static ServedProcessor start(BackstopConfig config, Outside outside, Clock clock) {
    Vitals vitals = new Vitals(config.monitoring(), clock);
    Optional<MonitoringServer> monitoring = Optional.empty();
    Optional<QueryServer> server = Optional.empty();
    boolean isOutsideOurs = true;
    try {
      if (config.monitoring().enabled()) {
        monitoring = Optional.of(MonitoringServer.bind(config, vitals, outside.meters(), clock));
      }
      server =
          config.query().enabled()
              ? Optional.of(QueryServer.bind(config.query(), clock))
              : Optional.empty();
      isOutsideOurs = false;
      ActionProcessor processor =
          ActionProcessor.start(config, outside, server.map(QueryServer::address), vitals, clock);
      server.ifPresent(each -> each.serve(processor.stores()));
      return new ServedProcessor(vitals, monitoring, server, processor);
    } catch (RuntimeException e) {
      server.ifPresent(QueryServer::close);
      monitoring.ifPresent(MonitoringServer::close);
      if (isOutsideOurs) {
        outside.close();
      }
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

  /** Where it answers health checks and shows metrics; empty when it does not. */
  public Optional<String> monitoringUrl() {
    return monitoring.map(MonitoringServer::url);
  }

  /**
   * Is no longer ready, stops answering queries, then as {@link ActionProcessor#close}; health
   * checks are answered to the end.
   */
  @Override
  public void close() {
    vitals.stopping();
    try {
      server.ifPresent(QueryServer::close);
    } finally {
      try {
        processor.close();
      } finally {
        monitoring.ifPresent(MonitoringServer::close);
      }
    }
  }
}
