package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker of the compose file, prepared by the class that its image is started with. */
class ComposeBrokerIT {
  private static final List<String> TEMPLATES =
      List.of("server.properties", "log4j2.yaml", "tools-log4j2.yaml");

  @TempDir private Path temp;

  @Test
  void shouldFormatItsStorageForStreamsGroups() throws Exception {
    Map<String, String> settings = ComposeFile.read().environment("kafka");
    Path templates = Files.createDirectories(temp.resolve("templates"));
    for (String file : TEMPLATES) {
      Files.writeString(templates.resolve(file), "\n");
    }
    Path output = temp.resolve("output");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.docker.KafkaDockerWrapper",
            "setup",
            "--default-configs-dir",
            templates.toString(),
            "--mounted-configs-dir",
            Files.createDirectories(temp.resolve("mounted")).toString(),
            "--final-configs-dir",
            Files.createDirectories(temp.resolve("final")).toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_"));
    builder.environment().putAll(settings);
    builder.environment().put("KAFKA_LOG_DIRS", temp.resolve("data").toString());
    builder.environment().put("CLUSTER_ID", "5L6g3nShT-eMCtK--X86sw");

    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(temp.resolve("data/meta.properties")).exists();
    assertThat(output)
        .content()
        .contains("name='streams.version', featureLevel=1", "name='transaction.version'");
  }
}
