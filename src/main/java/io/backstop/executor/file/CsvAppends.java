package io.backstop.executor.file;

import io.backstop.action.Outcome;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.Json;
import io.backstop.executor.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Appends requests to the log in batches and completes their stages. */
final class CsvAppends {

  /** A request to be appended, and the stage that its caller waits for. */
  record Append(FiledRequest filed, ServiceAccess access, CompletableFuture<Outcome> ended) {}

  private record Rendered(Append append, CsvLines lines) {}

  private final Target target;
  private final Clock clock;
  private final Function<Path, CsvDirectory> opened;
  private final Batches<Append> batches;
  // of the one thread
  private final Map<Path, CsvDirectory> directories = new HashMap<>();

  CsvAppends(Target target, Clock clock, int longestQueue, Function<Path, CsvDirectory> opened) {
    this.target = target;
    this.clock = clock;
    this.opened = opened;
    this.batches = new Batches<>(target.name(), longestQueue, this::write);
  }

  /** Returns at once and never throws. */
  void start(Append append) {
    if (!batches.offer(append)) {
      append.ended().complete(FileFailures.busy(target.name(), batches.waiting()));
    }
  }

  private void write(List<Append> batch) {
    Map<Optional<String>, List<Append>> byDirectory =
        batch.stream().collect(Collectors.groupingBy(append -> append.access().directory()));
    byDirectory.values().forEach(this::writeTogether);
  }

  private void writeTogether(List<Append> appends) {
    List<Rendered> rendered = render(appends);
    if (rendered.isEmpty()) {
      return;
    }
    ServiceAccess access = appends.get(0).access();
    try {
      Optional<Outcome> failure =
          DirectoryStep.take(
              target.service(),
              access,
              directory -> append(rendered, directory.path()),
              Optional::of);
      failure.ifPresent(outcome -> appends.forEach(append -> append.ended().complete(outcome)));
    } catch (RuntimeException | Error e) {
      appends.forEach(append -> append.ended().completeExceptionally(e));
    }
  }

  /** Leaves out what was given up, and what nobody foresaw fails alone. */
  private List<Rendered> render(List<Append> appends) {
    long now = clock.millis();
    List<Rendered> rendered = new ArrayList<>();
    for (Append append : appends) {
      if (!append.ended().isDone()) {
        try {
          rendered.add(new Rendered(append, CsvLines.of(append.filed(), now)));
        } catch (RuntimeException e) {
          append.ended().completeExceptionally(e);
        }
      }
    }
    return rendered;
  }

  private Optional<Outcome> append(List<Rendered> requests, Path path) throws IOException {
    CsvDirectory directory = directories.computeIfAbsent(path, opened);
    List<CsvPlace> places = directory.append(requests.stream().map(Rendered::lines).toList());
    for (int i = 0; i < places.size(); i++) {
      Rendered request = requests.get(i);
      request.append().ended().complete(succeeded(places.get(i), request.lines().rows()));
    }
    return Optional.empty();
  }

  private static Outcome succeeded(CsvPlace place, int rows) {
    return new Outcome.Succeeded(
        Json.object()
            .put("file", place.file().toString())
            .put("line", place.line())
            .put("rows", rows)
            .toString(),
        OptionalInt.empty());
  }
}
