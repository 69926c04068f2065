package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.config.NearestName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The commands that go to an operation which there is. Pure. */
final class OperationCommands {
  private static final String PAUSE = "replay.pause";
  private static final String RESUME = "replay.resume";
  private static final String CANCEL = "replay.cancel";

  static final Set<String> NAMES = Set.of(PAUSE, RESUME, CANCEL);

  private OperationCommands() {}

  /** What is wrong with a command, whatever its operation does. */
  static Optional<String> problem(Command command, Collection<String> open) {
    if (!command.getArguments().isEmpty()) {
      return new Arguments(command, Set.of()).problem();
    } else if (command.getSelection() != null) {
      return Optional.of(
          "%s takes no selection: name the operation as the command's subject"
              .formatted(command.getName()));
    } else if (command.getSubject().isEmpty()) {
      return Optional.of("subject is empty: give the id of an operation; " + known(open));
    }
    return Optional.empty();
  }

  static String unknown(String id, Collection<String> open) {
    return NearestName.of(id, open)
        .map(
            near ->
                "there is no operation '%s': did you mean %s? %s".formatted(id, near, known(open)))
        .orElse("there is no operation '%s': %s".formatted(id, known(open)));
  }

  private static String known(Collection<String> open) {
    return open.isEmpty()
        ? "none is under way"
        : "under way are " + String.join(", ", new TreeSet<>(open));
  }

  static OperationEvent event(Command command) {
    String by = Words.by(command.getActor(), command.getReason());
    return switch (command.getName()) {
      case PAUSE -> new OperationEvent.Paused(by);
      case RESUME -> new OperationEvent.Resumed(by);
      default -> new OperationEvent.Cancelled(by);
    };
  }
}
