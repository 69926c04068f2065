package io.backstop.torture;

import io.backstop.config.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code backstop run --config FILE} in a JVM of its own, with the signals that it is sent. */
final class ProcessorProcess {
  private static final String MAIN_CLASS = "io.backstop.App";
  private static final String RUNS = "Processing ";
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(40);
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final CompletableFuture<Void> running = new CompletableFuture<>();
  private final CompletableFuture<Void> said = new CompletableFuture<>();

  /**
   * @param lines gets each line of output, as it is written
   */
  private ProcessorProcess(Process process, Path log, Consumer<String> lines) {
    this.process = process;
    var reader = new Thread(() -> read(log, lines), "output-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static ProcessorProcess start(Path config, Path log, Consumer<String> lines) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(SMALL);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    line.addAll(List.of("run", "--config", config.toString()));
    return start(line, log, lines);
  }

  /** Any command that says when it runs. */
  static ProcessorProcess start(List<String> command, Path log, Consumer<String> lines) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // no real credentials, and no settings, from where the command was started
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    try {
      return new ProcessorProcess(builder.start(), log, lines);
    } catch (IOException e) {
      throw new StartupException("cannot start a processor: " + e, e);
    }
  }

  /** Completes when it has its first assignment; exceptionally when it ends before. */
  CompletableFuture<Void> running() {
    return running;
  }

  /** Completes with the exit code, when all that it has said was read. */
  CompletableFuture<Integer> ended() {
    return process.onExit().thenCombine(said, (exited, nothing) -> exited.exitValue());
  }

  /** Whether it has had its first assignment, even if it has ended since. */
  boolean hasRun() {
    return running.isDone() && !running.isCompletedExceptionally();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is flushed, committed or said. */
  void kill() {
    process.destroyForcibly();
    await(KILL_PATIENCE);
  }

  /**
   * SIGTERM, and time to finish; then SIGKILL.
   *
   * @return whether it ended in time
   */
  boolean stop(Duration patience) {
    process.destroy();
    boolean ended = await(patience);
    if (!ended) {
      kill();
    }
    return ended;
  }

  /**
   * SIGSTOP.
   *
   * @return whether the signal was sent
   */
  boolean freeze() {
    return Signal.send("STOP", process);
  }

  /**
   * SIGCONT.
   *
   * @return whether the signal was sent
   */
  boolean thaw() {
    return Signal.send("CONT", process);
  }

  private boolean await(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read(Path log, Consumer<String> lines) {
    try (BufferedReader output = process.inputReader();
        var copy =
            new PrintWriter(
                Files.newBufferedWriter(
                    log,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND),
                true)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        copy.println(line);
        lines.accept(line);
        if (line.startsWith(RUNS)) {
          running.complete(null);
        }
      }
    } catch (IOException e) {
      lines.accept("output lost: " + e);
    } finally {
      running.completeExceptionally(new IllegalStateException("ended before it ran"));
      said.complete(null);
    }
  }
}
