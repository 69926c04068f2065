package io.backstop.cli;

import io.backstop.action.LetterStatus;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code backstop dead-letters reopen}. */
@Command(
    name = "reopen",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes letters OPEN again. Those that are DISMISSED, unless --status says else.",
      "Letters given by ids at once; letters given by filters are counted and shown, and --yes does it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done for all of them; or only counted; or, with --detach, begun",
      "  1:refused, not answered, or done for some of them only",
      "  2:the command line is wrong",
      "  3:cannot start: no instance answers, configuration, broker, registry"
    })
final class DeadLettersReopenCommand extends LettersOrder {

  DeadLettersReopenCommand() {
    super("letters.reopen", "reopened");
  }

  @Override
  Optional<LetterStatus> usualStatus() {
    return Optional.of(LetterStatus.DISMISSED);
  }

  @Override
  Map<String, String> arguments() {
    return Map.of();
  }
}
