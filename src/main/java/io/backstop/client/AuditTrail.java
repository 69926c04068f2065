package io.backstop.client;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins commands and their answers, whichever comes first; of the commands it keeps the last few.
 * An answer that names coordinates is to the record there, another to the first command with its
 * id. For one thread.
 */
public final class AuditTrail {
  private static final int MOST_EARLY = 1_000;
  private static final String COORDINATES = "coordinates";

  private final int limit;

  /** By coordinates, in the order of reading. */
  private final LinkedHashMap<String, AuditEntry> entries = new LinkedHashMap<>();

  private final Map<String, String> coordinatesById = new LinkedHashMap<>();

  /** Answers to what has not been read yet, by coordinates or else by id. */
  private final LinkedHashMap<String, List<CommandResult>> early = new LinkedHashMap<>();

  /**
   * @param limit most commands to keep
   */
  public AuditTrail(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a command.
   *
   * @param coordinates {@code topic-partition-offset}
   * @return what is known of it now
   */
  public AuditEntry command(String coordinates, Command command) {
    AuditEntry first = entries.get(coordinatesById.get(command.getCommandId()));
    if (first != null && isSame(first, command)) {
      AuditEntry repeated = first.repeated();
      entries.put(first.coordinates(), repeated);
      return repeated;
    }
    if (first == null) {
      coordinatesById.put(command.getCommandId(), coordinates);
    }
    AuditEntry entry = withEarly(AuditEntry.of(coordinates, command), coordinates);
    return keep(first == null ? withEarly(entry, command.getCommandId()) : entry);
  }

  /** As the processors compare them. */
  private static boolean isSame(AuditEntry first, Command command) {
    return first
        .command()
        .filter(
            each ->
                each.getName().equals(command.getName())
                    && each.getSubject().equals(command.getSubject()))
        .isPresent();
  }

  /**
   * Takes what stands in the place of a command.
   *
   * @param at when it was written
   * @param problem why it cannot be read
   */
  public AuditEntry unreadable(String coordinates, Instant at, String problem) {
    return keep(withEarly(AuditEntry.unreadable(coordinates, at, problem), coordinates));
  }

  private AuditEntry keep(AuditEntry entry) {
    entries.put(entry.coordinates(), entry);
    if (entries.size() > limit) {
      AuditEntry oldest = entries.values().iterator().next();
      entries.remove(oldest.coordinates());
      oldest
          .command()
          .ifPresent(each -> coordinatesById.remove(each.getCommandId(), oldest.coordinates()));
    }
    return entry;
  }

  private AuditEntry withEarly(AuditEntry entry, String key) {
    AuditEntry answered = entry;
    for (CommandResult answer : Optional.ofNullable(early.remove(key)).orElse(List.of())) {
      answered = answered.with(answer);
    }
    return answered;
  }

  /**
   * Takes an answer.
   *
   * @return what is known now of the command that it is to; empty when that has not been read
   */
  public Optional<AuditEntry> answer(CommandResult answer) {
    String place = answer.getDetails().get(COORDINATES);
    String coordinates = place == null ? coordinatesById.get(answer.getCommandId()) : place;
    AuditEntry entry = entries.get(coordinates);
    if (entry == null) {
      early
          .computeIfAbsent(place == null ? answer.getCommandId() : place, key -> new ArrayList<>())
          .add(answer);
      if (early.size() > MOST_EARLY) {
        early.remove(early.keySet().iterator().next());
      }
      return Optional.empty();
    }
    AuditEntry answered = entry.with(answer);
    entries.put(entry.coordinates(), answered);
    return Optional.of(answered);
  }

  /** What is kept, in the order of reading. */
  public List<AuditEntry> entries() {
    return List.copyOf(entries.values());
  }
}
