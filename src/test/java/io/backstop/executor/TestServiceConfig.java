package io.backstop.executor;

import io.backstop.config.ServiceAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of a service by property name; what is not named is absent. */
public record TestServiceConfig(Map<String, String> values, Map<String, String> options)
    implements ServiceAccess {

  public static TestServiceConfig at(String baseUrl) {
    return new TestServiceConfig(Map.of("base-url", baseUrl), Map.of());
  }

  /** Another value; an empty one as an unset variable gives it. */
  public TestServiceConfig with(String name, String value) {
    var changed = new HashMap<>(values);
    changed.put(name, value);
    return new TestServiceConfig(changed, options);
  }

  public TestServiceConfig token(String value) {
    return with("token", value);
  }

  public TestServiceConfig apiKey(String value) {
    return with("api-key", value);
  }

  public TestServiceConfig withOptions(Map<String, String> changed) {
    return new TestServiceConfig(values, changed);
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public Optional<String> baseUrl() {
    return value("base-url");
  }

  @Override
  public Optional<String> token() {
    return value("token");
  }

  @Override
  public Optional<String> apiKey() {
    return value("api-key");
  }

  @Override
  public Optional<String> serviceAccountFile() {
    return value("service-account-file");
  }

  @Override
  public Optional<String> delegatedUser() {
    return value("delegated-user");
  }

  @Override
  public Optional<String> clientId() {
    return value("client-id");
  }

  @Override
  public Optional<String> clientSecret() {
    return value("client-secret");
  }

  @Override
  public Optional<String> refreshToken() {
    return value("refresh-token");
  }

  @Override
  public Optional<String> tokenUri() {
    return value("token-uri");
  }

  @Override
  public Optional<String> username() {
    return value("username");
  }

  @Override
  public Optional<String> password() {
    return value("password");
  }

  @Override
  public Optional<String> sender() {
    return value("sender");
  }

  @Override
  public Optional<String> directory() {
    return value("directory");
  }

  @Override
  public Optional<String> signingSecret() {
    return value("signing-secret");
  }
}
