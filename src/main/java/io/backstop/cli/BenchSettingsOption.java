package io.backstop.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Settings of Backstop for a bench, on top of what the bench sets itself. */
final class BenchSettingsOption {
  private static final String PREFIX = "backstop.";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of Backstop, by its full key. Repeatable.")
  private Map<String, String> settings = new HashMap<>();

  /**
   * By full key.
   *
   * @throws ParameterException for a key that cannot be one: it would change nothing, and the
   *     figures would be taken for what it was meant to change
   */
  Map<String, String> given() {
    for (String key : settings.keySet()) {
      if (!key.startsWith(PREFIX)) {
        throw new ParameterException(
            command.commandLine(),
            "--set %s: a setting is named in full, as in docs/configuration.md: %s%s"
                .formatted(key, PREFIX, key));
      }
    }
    return settings;
  }
}
