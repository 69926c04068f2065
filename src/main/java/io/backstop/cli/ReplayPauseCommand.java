package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop replay pause}. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Stops sending in until 'replay resume'; what is on its way ends.")
final class ReplayPauseCommand extends ReplayOrder {
  ReplayPauseCommand() {
    super("replay.pause");
  }
}
