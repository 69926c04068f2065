package io.backstop.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link ProcessorMain} in a JVM of its own; killed at close. */
public final class ProcessorProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ProcessorProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Returns when the processor runs. */
  public static ProcessorProcess start(
      List<String> javaOptions, String target, String... settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProcessorMain.class.getName());
    command.add(target);
    command.addAll(List.of(settings));
    try {
      var started =
          new ProcessorProcess(
              new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
      started.await("RUNNING");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is flushed, committed or said. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(String line) throws IOException {
    String read = output.readLine();
    while (read != null && !read.equals(line)) {
      read = output.readLine();
    }
    if (read == null) {
      throw new IllegalStateException("the processor ended before it said " + line);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
