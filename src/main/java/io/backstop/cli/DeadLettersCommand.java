package io.backstop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters}; each of its commands has a class of its own. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the requests that could not be done anywhere, and says what is to become of them.",
      "Asks a running instance, which answers for all; list, show, groups and export read the topic",
      "itself when none answers."
    },
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersGroupsCommand.class,
      DeadLettersExportCommand.class,
      DeadLettersDismissCommand.class,
      DeadLettersReopenCommand.class,
      DeadLettersCategorizeCommand.class,
      DeadLettersNoteCommand.class
    })
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say 'list', 'show', 'groups', 'export', 'dismiss', 'reopen', 'categorize' or 'note'");
  }
}
