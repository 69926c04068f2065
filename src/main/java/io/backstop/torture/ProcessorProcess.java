package io.backstop.torture;

import io.backstop.config.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code backstop run --config FILE} in a JVM of its own, with the signals that it is sent. */
final class ProcessorProcess {
  private static final String MAIN_CLASS = "io.backstop.App";
  private static final String RUNS = "Processing ";
  private static final long STOP_SECONDS = 40;
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final CompletableFuture<Void> running = new CompletableFuture<>();

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
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
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

  /** Completes with the exit code. */
  CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is flushed, committed or said. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, and time to finish. */
  void stop() {
    process.destroy();
    if (!await()) {
      kill();
    }
  }

  /** SIGSTOP. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private boolean await() {
    try {
      return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void signal(String name) {
    try {
      // the shell's own: not every machine has the program
      new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    }
  }
}
