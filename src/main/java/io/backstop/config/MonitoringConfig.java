package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The HTTP port for health checks and metrics of an instance. */
public interface MonitoringConfig {

  @Doc("Whether the instance answers health checks and shows metrics.")
  @WithDefault("true")
  boolean enabled();

  @Doc(
      "Address it listens on; 0.0.0.0 where Kubernetes or Prometheus come from other machines. It"
          + " needs no token and shows no payloads: who may reach it is for the network to say.")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("Port it listens on; 0 for any free one, which the start names.")
  @WithDefault("0")
  int port();

  @Doc(
      "How long a rebalance may take before the instance counts as not ready. One that runs through"
          + " sooner changes nothing for a load balancer.")
  @WithDefault("1m")
  Duration maxRebalance();

  @Doc(
      "Records that the instance may be behind before it counts as not ready; 0 for any number."
          + " Where others wait for ready, as a rolling update does, it makes them wait for the rest.")
  @WithDefault("0")
  int maxLag();
}
