package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ServiceAccess;
import io.backstop.config.StartupException;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.HttpTransport;
import io.backstop.executor.http.VertxTransport;
import io.backstop.fallback.Strategies;
import io.backstop.metrics.MeterRegistries;
import io.backstop.statistics.NotificationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * What a processor reaches the world outside Kafka through.
 *
 * @param credentials makes a service's credentials from its name and settings
 */
public record Outside(
    Targets targets,
    BiFunction<String, ServiceAccess, Credentials> credentials,
    HttpTransport http,
    MeterRegistry meters)
    implements AutoCloseable {

  /**
   * All targets on the class path, with the credentials that the configuration names.
   *
   * @throws StartupException when the configuration names a service that no target belongs to, a
   *     fallback step that cannot be one, or a target that cannot notify
   */
  public static Outside configured(BackstopConfig config) {
    Targets targets = Targets.load();
    Set<String> services = new TreeSet<>();
    targets.all().forEach(executor -> services.add(executor.target().service()));
    for (String configured : config.services().keySet()) {
      if (!services.contains(configured)) {
        throw new StartupException(
            "backstop.services.%s: no target belongs to this service; known services are %s"
                .formatted(configured, String.join(", ", services)));
      }
    }
    List<String> problems = new ArrayList<>(Strategies.problems(config, targets));
    problems.addAll(NotificationCheck.problems(config, targets));
    if (!problems.isEmpty()) {
      throw new StartupException("configuration: " + String.join("\n", problems));
    }
    return new Outside(
        targets,
        new CredentialsFactory()::forService,
        new VertxTransport(),
        MeterRegistries.prometheus());
  }

  @Override
  public void close() {
    http.close();
    meters.close();
  }
}
