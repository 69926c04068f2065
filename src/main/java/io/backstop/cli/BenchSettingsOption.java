package io.backstop.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings of Backstop for a bench, on top of what the bench sets itself. */
final class BenchSettingsOption {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of Backstop, by its full key. Repeatable.")
  private Map<String, String> settings = new HashMap<>();

  /** By full key. */
  Map<String, String> given() {
    return settings;
  }
}
