package io.backstop.fallback;

import io.backstop.config.FallbackPlace;
import java.util.List;
import java.util.Optional;

/** Stands for a place that is configured, where only the kind of payload matters. */
enum AnyPlace implements FallbackPlace {
  INSTANCE;

  @Override
  public Optional<String> container() {
    return Optional.of("any");
  }

  @Override
  public Optional<List<String>> recipients() {
    return Optional.of(List.of("any@example.com"));
  }

  @Override
  public Optional<String> folder() {
    return Optional.of("any");
  }

  @Override
  public Optional<String> document() {
    return Optional.of("any");
  }

  @Override
  public Optional<String> range() {
    return Optional.of("A1");
  }
}
