package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop replay cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ends a replay; what is not sent in stays as it is.")
final class ReplayCancelCommand extends ReplayOrder {
  ReplayCancelCommand() {
    super("replay.cancel");
  }
}
