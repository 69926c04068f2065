package io.backstop.config;

import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** How to reach the schema registry. */
public interface RegistryConfig {

  @Doc("URL of the Confluent-compatible schema registry; several are separated by commas.")
  @WithDefault("http://localhost:8081")
  String url();

  @Doc("User for basic authentication.")
  Optional<String> username();

  @Doc("Password for basic authentication; from the environment: BACKSTOP_REGISTRY_PASSWORD.")
  Optional<String> password();

  @Doc("Static bearer token, instead of user and password.")
  Optional<String> bearerToken();

  @Doc("Register our schemas at start. Off in production, where a pipeline registers them.")
  @WithDefault("false")
  boolean autoRegister();

  @Doc(
      "Further registry client properties as they are, for example"
          + " schema.registry.ssl.truststore.location.")
  Map<String, String> properties();
}
