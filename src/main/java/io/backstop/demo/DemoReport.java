package io.backstop.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FailureClass;
import io.backstop.demo.Ledger.Entry;
import io.backstop.demo.Outcome.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether every published record has its one outcome, in figures and in words. */
public final class DemoReport {
  private final long planned;
  private final List<Entry> entries;
  private final CircuitChanges circuits;
  private final Duration took;

  /**
   * @param planned how many records were to be published
   * @param entries those that were
   * @param circuits changes during the outage
   */
  DemoReport(long planned, List<Entry> entries, CircuitChanges circuits, Duration took) {
    this.planned = planned;
    this.entries = List.copyOf(entries);
    this.circuits = circuits;
    this.took = took;
  }

  List<Entry> entries() {
    return entries;
  }

  Duration took() {
    return took;
  }

  /** Published records of which nothing was recorded. */
  List<Entry> lost() {
    return entries.stream().filter(entry -> entry.outcomes().isEmpty()).toList();
  }

  /** Published records with more than one outcome. */
  List<Entry> recordedTwice() {
    return entries.stream().filter(entry -> entry.outcomes().size() > 1).toList();
  }

  long ended(Ending ending) {
    return entries.stream().filter(entry -> endedAs(entry, ending)).count();
  }

  /** Of those that succeeded. */
  long fromCache() {
    return EndCounts.of(entries).at(Outcome.CACHE);
  }

  /** Of those that were dead-lettered: not called, the circuit was open. */
  long rejected() {
    return deadLetters().stream().filter(Outcome::isRejected).count();
  }

  /** Of those that were done by a fallback, by step. */
  private ObjectNode fallbacks() {
    EndCounts counts = EndCounts.of(entries);
    ObjectNode fallbacks = JsonNodeFactory.instance.objectNode();
    counts.fallbacks().forEach(step -> fallbacks.put(step, counts.at(step)));
    return fallbacks;
  }

  static boolean endedAs(Entry entry, Ending ending) {
    return !entry.outcomes().isEmpty() && entry.outcomes().get(0).ending() == ending;
  }

  /** Different idempotency keys among the valid requests. */
  long distinct() {
    return entries.stream().map(Entry::idempotencyKey).flatMap(Optional::stream).distinct().count();
  }

  /** Whether everything was published and each record has one outcome, and each key one call. */
  public boolean isComplete() {
    return problems().isEmpty();
  }

  /** One sentence for each thing that is not as promised. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    if (entries.size() != planned) {
      problems.add("%d of %d records were published".formatted(entries.size(), planned));
    }
    name("have no outcome after %d s".formatted(took.toSeconds()), lost(), problems);
    name("have more than one outcome", recordedTwice(), problems);
    name("ended in a way that they did not ask for", otherwise(), problems);
    name("were worked on although their key had been", workedOnAgain(), problems);
    return problems;
  }

  private List<Entry> otherwise() {
    return entries.stream().filter(entry -> endedAs(entry, Ending.OTHER)).toList();
  }

  /** Of each key all but the first one that is no duplicate. */
  private List<Entry> workedOnAgain() {
    Map<String, List<Entry>> byKey =
        entries.stream()
            .filter(entry -> entry.idempotencyKey().isPresent() && !entry.outcomes().isEmpty())
            .filter(entry -> !endedAs(entry, Ending.DUPLICATE))
            .collect(Collectors.groupingBy(entry -> entry.idempotencyKey().orElseThrow()));
    return byKey.values().stream().flatMap(same -> same.stream().skip(1)).toList();
  }

  private static void name(String what, List<Entry> concerned, List<String> problems) {
    if (!concerned.isEmpty()) {
      String few = concerned.stream().limit(5).map(DemoReport::name).collect(Collectors.joining());
      problems.add(
          "%d records %s:%s%s"
              .formatted(concerned.size(), what, few, concerned.size() > 5 ? " ..." : ""));
    }
  }

  private static String name(Entry entry) {
    return " %s (partition %d, offset %d)"
        .formatted(
            entry.requestId().orElse(entry.label()), entry.at().partition(), entry.at().offset());
  }

  List<Outcome> deadLetters() {
    return entries.stream()
        .filter(entry -> endedAs(entry, Ending.DEAD_LETTERED))
        .map(entry -> entry.outcomes().get(0))
        .toList();
  }

  /** The id of a dead letter that was tried at a service; of another one where there is none. */
  public Optional<String> exampleLetter() {
    return deadLetters().stream()
        .map(outcome -> outcome.letter().orElseThrow())
        .max(Comparator.comparing(letter -> letter.failureClass() == FailureClass.NOT_FOUND))
        .map(Outcome.Letter::id);
  }

  /** The figures as one line. */
  public String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("published", entries.size())
        .put("distinct", distinct())
        .put("succeeded", ended(Ending.SUCCEEDED))
        .put("viaFallback", ended(Ending.VIA_FALLBACK))
        .put("duplicates", ended(Ending.DUPLICATE))
        .put("deadLettered", ended(Ending.DEAD_LETTERED))
        .put("lost", lost().size())
        .put("recordedTwice", recordedTwice().size())
        .put("seconds", Math.round(took.toMillis() / 100.0) / 10.0)
        .put("fromCache", fromCache())
        .put("rejected", rejected())
        .put("circuitOpened", circuits.opened())
        .put("circuitClosed", circuits.closed())
        .set("fallbacks", fallbacks())
        .toString();
  }

  /** The table and what else a person wants to know. */
  public List<String> lines() {
    return ReportLines.of(this);
  }
}
