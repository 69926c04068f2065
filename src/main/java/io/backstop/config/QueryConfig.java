package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The read-only HTTP endpoint of an instance. */
public interface QueryConfig {

  @Doc("Whether the instance answers queries.")
  @WithDefault("true")
  boolean enabled();

  @Doc("Address it listens on. Any but a loopback address needs query.token.")
  @WithDefault("127.0.0.1")
  String host();

  @Doc("Port it listens on; 0 for any free one. Commands find it through Kafka.")
  @WithDefault("0")
  int port();

  @Doc("Host name or address by which other instances and commands reach it; host when absent.")
  Optional<String> advertisedHost();

  @Doc(
      "Bearer token that every query must carry, the same for all instances. Best from the environment.")
  Optional<String> token();
}
