package io.backstop.executor.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.action.TablePayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Json;
import io.backstop.executor.PrimaryFailure;
import io.backstop.executor.TestServiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Calls of file targets with their work in a directory of the test. */
record FileCalls(Path directory) {
  static final String ERROR = "Notion answered 503: service unavailable";

  static ActionRequest request(String action, Object payload) {
    return new ActionRequest("r-1", action, payload, null, Priority.MEDIUM, "billing", null, null);
  }

  static TablePayload table(List<List<Object>> rows) {
    return TablePayload.newBuilder().setRows(rows).build();
  }

  static FilePayload file(String name, String content) {
    return FilePayload.newBuilder()
        .setName(name)
        .setContent(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  CallContext context(String key, Optional<PrimaryFailure> primary) {
    var service = new TestServiceConfig(Map.of("directory", directory.toString()), Map.of());
    return new CallContext(
        key, 1, Optional.empty(), Duration.ofSeconds(10), service, null, null, primary, 0);
  }

  CompletableFuture<Outcome> start(ActionExecutor executor, String key, Object payload) {
    return executor
        .execute(request(executor.target().name(), payload), context(key, Optional.empty()))
        .toCompletableFuture();
  }

  /** As the primary action. */
  Outcome execute(ActionExecutor executor, String key, Object payload) {
    return await(start(executor, key, payload));
  }

  /** As a fallback for the original request. */
  Outcome standIn(ActionExecutor executor, String key, Object payload, ActionRequest original) {
    var primary = Optional.of(new PrimaryFailure(original, ERROR));
    return await(
        executor
            .execute(request(executor.target().name(), payload), context(key, primary))
            .toCompletableFuture());
  }

  static Outcome await(CompletableFuture<Outcome> call) {
    return call.orTimeout(30, TimeUnit.SECONDS).join();
  }

  static JsonNode response(Outcome outcome) {
    return Json.read(((Outcome.Succeeded) outcome).response()).orElseThrow();
  }

  static Path fileOf(Outcome outcome) {
    return Path.of(response(outcome).get("file").asText());
  }

  /** All files for people: neither the lock nor folders. */
  List<Path> files() {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals(DirectoryLock.FILE))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
