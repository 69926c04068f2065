package io.backstop.bench;

import io.backstop.config.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another command of Backstop, in a process of its own that ends with this one. */
final class ChildJvm implements AutoCloseable {
  private static final String MAIN_CLASS = "io.backstop.App";
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 20;

  private final String command;
  private final Process process;
  private final Thread stopWithParent;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private ChildJvm(String command, Process process) {
    this.command = command;
    this.process = process;
    this.stopWithParent = new Thread(process::destroy, "stop-" + command);
    Runtime.getRuntime().addShutdownHook(stopWithParent);
    var reader = new Thread(this::read, "output-of-" + command);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param command and its arguments
   */
  static ChildJvm start(List<String> jvmFlags, String... command) {
    return start(jvmFlags, MAIN_CLASS, List.of(command));
  }

  /**
   * @param mainClass that is run
   * @param arguments its arguments, the first of which names it in messages
   */
  static ChildJvm start(List<String> jvmFlags, String mainClass, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmFlags);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    line.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new ChildJvm(arguments.get(0), process);
    } catch (IOException e) {
      throw new StartupException("cannot start a process for " + arguments.get(0) + ": " + e, e);
    }
  }

  /**
   * The first group of the next line of output that {@code pattern} is found in.
   *
   * @throws StartupException when there is none in time
   */
  String await(Pattern pattern) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (System.nanoTime() < deadline && (process.isAlive() || !lines.isEmpty())) {
        String line = lines.poll(100, TimeUnit.MILLISECONDS);
        Matcher matcher = pattern.matcher(line == null ? "" : line);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new StartupException(command + " did not start: run it by itself to see why");
  }

  /** Writes a line to its standard input. */
  void tell(String line) {
    try {
      Writer input = process.outputWriter();
      input.write(line + System.lineSeparator());
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it as a power cut would: SIGKILL. */
  void kill() {
    process.destroyForcibly();
    close();
  }

  /** Ends its standard input, and waits until it has stopped by itself. */
  void stop() {
    try {
      process.outputWriter().close();
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Memory that it has in use, heap included; only Linux tells. */
  OptionalLong residentMegabytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU time of the process so far, in nanoseconds. */
  long cpuNanos() {
    return process.info().totalCpuDuration().map(spent -> spent.toNanos()).orElse(0L);
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("");
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(stopWithParent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException alreadyShuttingDown) {
      process.destroyForcibly();
    }
  }
}
