package io.backstop.runtime;

import io.backstop.config.ServiceConfig;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BiFunction;

/**
 * What a processor reaches the world outside Kafka through.
 *
 * @param credentials makes a service's credentials from its name and settings
 */
public record Outside(
    Targets targets,
    BiFunction<String, ServiceConfig, Credentials> credentials,
    HttpTransport http,
    MeterRegistry meters)
    implements AutoCloseable {

  @Override
  public void close() {
    http.close();
    meters.close();
  }
}
