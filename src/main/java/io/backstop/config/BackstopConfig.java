package io.backstop.config;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The whole configuration. Every key starts with {@code backstop.}. */
@ConfigMapping(prefix = "backstop")
public interface BackstopConfig {

  KafkaConfig kafka();

  RegistryConfig registry();

  TopicsConfig topics();

  IntakeConfig intake();

  IdempotencyConfig idempotency();

  ExecutionConfig execution();

  RetryConfig retry();

  CircuitConfig circuit();

  CacheConfig cache();

  EventsConfig events();

  FallbackConfig fallback();

  NotificationConfig notifications();

  DeskConfig desk();

  ReplayConfig replay();

  QueryConfig query();

  MonitoringConfig monitoring();

  @Doc("Settings by service: what goes down, has credentials and limits.")
  Map<String, ServiceConfig> services();

  @Doc("Settings by target, for one that is to have values beside its service's.")
  Map<String, TargetConfig> targets();
}
