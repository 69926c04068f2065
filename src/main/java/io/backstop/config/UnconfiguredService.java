package io.backstop.config;

import java.util.Map;
import java.util.Optional;

/** Settings of a service that the configuration does not mention: all of them absent. */
public enum UnconfiguredService implements ServiceAccess {
  INSTANCE;

  @Override
  public Optional<String> baseUrl() {
    return Optional.empty();
  }

  @Override
  public Optional<String> token() {
    return Optional.empty();
  }

  @Override
  public Optional<String> apiKey() {
    return Optional.empty();
  }

  @Override
  public Optional<String> serviceAccountFile() {
    return Optional.empty();
  }

  @Override
  public Optional<String> delegatedUser() {
    return Optional.empty();
  }

  @Override
  public Optional<String> clientId() {
    return Optional.empty();
  }

  @Override
  public Optional<String> clientSecret() {
    return Optional.empty();
  }

  @Override
  public Optional<String> refreshToken() {
    return Optional.empty();
  }

  @Override
  public Optional<String> tokenUri() {
    return Optional.empty();
  }

  @Override
  public Optional<String> username() {
    return Optional.empty();
  }

  @Override
  public Optional<String> password() {
    return Optional.empty();
  }

  @Override
  public Optional<String> sender() {
    return Optional.empty();
  }

  @Override
  public Optional<String> directory() {
    return Optional.empty();
  }

  @Override
  public Optional<String> signingSecret() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }
}
