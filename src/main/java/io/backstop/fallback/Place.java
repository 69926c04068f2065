package io.backstop.fallback;

import io.backstop.config.FallbackPlace;
import java.util.List;
import java.util.Optional;

/**
 * Where one fallback target puts things, as configured.
 *
 * @param settings empty where nothing is configured for the target
 */
record Place(String target, Optional<FallbackPlace> settings) {

  Optional<String> container() {
    return settings.flatMap(FallbackPlace::container);
  }

  List<String> recipients() {
    return settings.flatMap(FallbackPlace::recipients).orElse(List.of());
  }

  Optional<String> folder() {
    return settings.flatMap(FallbackPlace::folder);
  }

  Optional<String> document() {
    return settings.flatMap(FallbackPlace::document);
  }

  Optional<String> range() {
    return settings.flatMap(FallbackPlace::range);
  }

  /**
   * What stops a conversion whose place is not configured.
   *
   * @param setting its last word: {@code container}
   * @param what it is for: {@code the list for new cards}
   */
  NotConvertible missing(String setting, String what) {
    return new NotConvertible(
        "backstop.fallback.targets.%s.%s is not set: name %s".formatted(target, setting, what));
  }
}
