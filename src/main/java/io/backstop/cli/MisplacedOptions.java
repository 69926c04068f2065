package io.backstop.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options of a command that were given before its subcommand, which would not heed them. */
final class MisplacedOptions {
  private MisplacedOptions() {}

  /**
   * @throws ParameterException naming the first one
   */
  static void refuse(CommandSpec subcommand) {
    subcommand.parent().commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !option.inherited())
        .findFirst()
        .ifPresent(
            option -> {
              throw new ParameterException(
                  subcommand.commandLine(),
                  "%s stands before '%s': write it behind"
                      .formatted(option.longestName(), subcommand.name()));
            });
  }
}
