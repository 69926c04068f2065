package io.backstop.runtime;

import io.backstop.config.ServiceConfig;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.HttpTransport;
import io.backstop.executor.http.VertxTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

  /** All targets on the class path, with the credentials that the configuration names. */
  public static Outside configured() {
    return new Outside(
        Targets.load(),
        new CredentialsFactory()::forService,
        new VertxTransport(),
        new SimpleMeterRegistry());
  }

  @Override
  public void close() {
    http.close();
    meters.close();
  }
}
