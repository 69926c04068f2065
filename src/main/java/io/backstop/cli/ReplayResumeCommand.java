package io.backstop.cli;

import picocli.CommandLine.Command;

/** {@code backstop replay resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Goes on with a paused replay.")
final class ReplayResumeCommand extends ReplayOrder {
  ReplayResumeCommand() {
    super("replay.resume");
  }
}
