package io.backstop.admin;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.metrics.ActionMetrics;
import io.backstop.runtime.Dependencies;
import io.backstop.runtime.Vitals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The HTTP port for health checks and metrics. Apart from the queries, so that it can be open to
 * the cluster without a token, answers while all threads of queries are busy, starts before the
 * processor and stops after it.
 */
public final class MonitoringServer implements AutoCloseable {
  private final Dependencies dependencies;
  private final HttpListener listener;
  private final String host;

  private MonitoringServer(Dependencies dependencies, HttpListener listener, String host) {
    this.dependencies = dependencies;
    this.listener = listener;
    this.host = host;
  }

  /**
   * @param meters what is shown; nothing is, where they are no Prometheus registry
   * @throws StartupException when it cannot listen there
   */
  public static MonitoringServer bind(
      BackstopConfig config, Vitals vitals, MeterRegistry meters, InstantSource clock) {
    Binding binding = Binding.of(config.monitoring());
    Dependencies dependencies = new Dependencies(config, clock);
    ActionMetrics metrics = new ActionMetrics(meters);
    dependencies.show(metrics);
    vitals.show(metrics);
    Supplier<String> scrape =
        meters instanceof PrometheusMeterRegistry prometheus ? prometheus::scrape : () -> "";
    Monitoring monitoring = new Monitoring(binding.access(), vitals, dependencies, scrape);
    try {
      HttpListener listener = HttpListener.start("monitoring", binding, monitoring::addTo);
      return new MonitoringServer(dependencies, listener, binding.advertisedHost());
    } catch (StartupException e) {
      dependencies.close();
      throw e;
    }
  }

  /** Where it listens, without a path. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.port();
  }

  @Override
  public void close() {
    listener.close();
    dependencies.close();
  }
}
