package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.testing.BrokerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image holds is enough to run a processor, and no more. No container is started. */
@Tag("long")
class ImageIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String REQUEST =
      """
      {"requestId":"r-1","action":"console:log","payload":{"text":"Hello"}}
      """;
  private static final Path LEFT_OUT = Path.of("target/lib/development");

  /** The broker and mail server themselves, and what libraries have for others than us. */
  private static final Pattern NEVER_CALLED =
      Pattern.compile(
          "io\\.backstop\\.(devcluster\\.|simulator\\.Smtp)"
              + "|io\\.micrometer\\.[\\w.]*\\.Caffeine"
              // for those who log YAML
              + "|net\\.logstash\\.logback\\.decorate\\.yaml\\."
              // for those who log by Log4j
              + "|\\S+ calls \\[org/apache/logging/log4j/"
              // a broker's check of its clients' tokens
              + "|org\\.apache\\.kafka\\.common\\.security\\.oauthbearer\\.\\S+ calls \\[org/jose4j/");

  @TempDir private static Path root;
  @TempDir private Path outputs;
  private static Installation image;

  @BeforeAll
  static void install() {
    image = Installation.below(root);
  }

  @Test
  void shouldHoldNoBrokerAndNoMailServer() {
    assertThat(image.jars())
        .extracting(jar -> jar.getFileName().toString())
        .noneMatch(name -> name.matches("(kafka_|kafka-server|kafka-metadata|greenmail|scala-).*"))
        .anyMatch(name -> name.startsWith("kafka-streams-"));
  }

  @Test
  void shouldLeaveOutNothingThatIsCalled() throws IOException {
    Set<String> leftOut = new HashSet<>();
    try (Stream<Path> jars = Files.list(LEFT_OUT)) {
      jars.forEach(jar -> leftOut.addAll(ClassReferences.classes(jar)));
    }
    image.jars().forEach(jar -> leftOut.removeAll(ClassReferences.classes(jar)));

    assertThat(image.jars())
        .flatMap(jar -> ClassReferences.to(leftOut, jar).entrySet())
        .extracting(reference -> reference.getKey() + " calls " + reference.getValue())
        .isNotEmpty()
        .allMatch(reference -> NEVER_CALLED.matcher(reference).lookingAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dev-cluster", "demo", "simulator --mailbox .", "torture", "bench overhead"})
  void shouldSayWhatItCannotDo(String command) throws Exception {
    Path output = outputs.resolve("out");

    Process process = image.start(Map.of(), output, command.split(" "));

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(output).content().contains("start it from a checkout");
  }

  @Test
  void shouldExecuteARequestWithTheSettingsOfTheComposeFileAndStopOnSigterm() throws Exception {
    Map<String, String> settings = settings();
    run(settings, "topics", "create");
    Path log = outputs.resolve("processor");
    Process processor = image.start(settings, log);
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> !processor.isAlive() || Files.readString(log).contains("Processing "));
      assertThat(log).content().contains("Processing it-image.requests");
      assertThat(processor.info().command().orElse("")).endsWith("java");

      Path request = Files.writeString(outputs.resolve("request"), REQUEST);
      run(settings, "publish", "--file", request.toString());
      String result =
          run(settings, "results", "--follow", "--from-beginning", "--limit", "1", "--json");

      assertThat(result).contains("\"requestId\":\"r-1\"", "\"executedBy\":\"console:log\"");
    } finally {
      processor.destroy();
    }
    assertThat(processor.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(log).content().contains("Stopping: calls in flight finish first");
    assertThat(image.inside("/var/lib/backstop/state")).isNotEmptyDirectory();
  }

  private String run(Map<String, String> settings, String... arguments) throws Exception {
    Path output = outputs.resolve(arguments[0]);
    Process process = image.start(settings, output, arguments);
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  /** Those of the first processor of the compose file, at the addresses of this test. */
  private static Map<String, String> settings() {
    var settings = new HashMap<>(ComposeFile.read().environment("processor-1"));
    settings.put("BACKSTOP_KAFKA_BOOTSTRAP_SERVERS", BROKER.bootstrapServers());
    settings.put("BACKSTOP_REGISTRY_URL", BROKER.registryUrl());
    settings.put("BACKSTOP_QUERY_HOST", "127.0.0.1");
    settings.put("BACKSTOP_QUERY_ADVERTISED_HOST", "127.0.0.1");
    settings.put("BACKSTOP_QUERY_PORT", "0");
    settings.put("BACKSTOP_MONITORING_HOST", "127.0.0.1");
    settings.put("BACKSTOP_MONITORING_PORT", "0");
    settings.put("BACKSTOP_KAFKA_APPLICATION_ID", "it-image");
    settings.put("BACKSTOP_TOPICS_PREFIX", "it-image.");
    settings.put("BACKSTOP_OPTS", "-Xmx256m");
    return settings;
  }
}
