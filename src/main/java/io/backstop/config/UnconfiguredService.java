package io.backstop.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Settings of a service that the configuration does not mention: all of them absent. */
public enum UnconfiguredService implements ServiceConfig {
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
  public OptionalInt maxConcurrentCalls() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.empty();
  }

  @Override
  public OptionalDouble callsPerSecond() {
    return OptionalDouble.empty();
  }

  @Override
  public RetryOverrides retry() {
    throw new UnsupportedOperationException("a call needs no retry policy");
  }

  @Override
  public CircuitOverrides circuit() {
    throw new UnsupportedOperationException("a call needs no circuit");
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }
}
