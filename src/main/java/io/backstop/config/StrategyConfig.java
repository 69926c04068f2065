package io.backstop.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fallback steps of one action; what is left out is as bundled. */
public interface StrategyConfig {

  @Doc("Whether fallbacks are used for this action; true when absent.")
  Optional<Boolean> enabled();

  @Doc(
      "Steps in order: targets, queue:retry, queue:high, queue:medium, queue:low, cached-result,"
          + " default-value, skip, dead-letter.")
  Optional<List<String>> steps();

  @Doc("Other steps for a failure class, by its name, for example VALIDATION.")
  Map<String, List<String>> byFailure();

  @Doc("JSON that the step default-value answers with, where the request gives none.")
  Optional<String> defaultValue();
}
