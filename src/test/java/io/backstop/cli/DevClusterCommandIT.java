package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command in a process of its own, stopped as a terminal or a supervisor stops it. */
class DevClusterCommandIT {
  @TempDir private Path temp;

  @Test
  void shouldPrintItsAddressesAndStopCleanlyOnSigterm() throws Exception {
    var process = start("--port", "0", "--registry-port", "0", "--data-dir", data().toString());
    try (var output = process.inputReader()) {

      assertThat(output.readLine()).startsWith("Starting");
      assertThat(output.readLine()).matches("Kafka broker: +127\\.0\\.0\\.1:\\d+");
      assertThat(output.readLine()).matches("Schema registry: +http://127\\.0\\.0\\.1:\\d+");
      assertThat(readUntil(output, "Stop with")).contains("Ctrl-C");
      process.toHandle().destroy();

      assertThat(output.readLine()).startsWith("Stopping");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(data().resolve("broker").resolve(".kafka_cleanshutdown")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldEndWithAnErrorWhenTheDataDirectoryIsNotItsOwn() throws Exception {
    Files.createDirectories(data());
    Files.writeString(data().resolve("letter.txt"), "mine");

    var process = start("--port", "0", "--registry-port", "0", "--data-dir", data().toString());

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(data().resolve("broker")).doesNotExist();
  }

  private Path data() {
    return temp.resolve("data");
  }

  private static String readUntil(BufferedReader output, String start) throws IOException {
    var line = output.readLine();
    while (line != null && !line.startsWith(start)) {
      line = output.readLine();
    }
    return line;
  }

  private static Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** The command alone, as the root command runs it. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.exit(new CommandLine(new DevClusterCommand()).execute(arguments));
    }
  }
}
