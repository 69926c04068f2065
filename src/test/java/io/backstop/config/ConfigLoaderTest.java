package io.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path directory;

  private final Properties system = new Properties();

  private BackstopConfig load(Map<String, String> environment, Map<String, String> overrides) {
    return new ConfigLoader(environment, system).load(Optional.empty(), overrides);
  }

  private BackstopConfig loadYaml(String yaml, Map<String, String> environment) {
    return new ConfigLoader(environment, system).load(Optional.of(file(yaml)));
  }

  private Path file(String yaml) {
    try {
      return Files.writeString(directory.resolve("backstop.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String messageOf(Runnable load) {
    var message = new String[1];
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(load::run)
        .satisfies(e -> message[0] = e.getMessage());
    assertThat(message[0]).doesNotContain("\n").doesNotContain("SRCFG");
    return message[0];
  }

  private String yamlError(String yaml) {
    return messageOf(() -> loadYaml(yaml, Map.of()));
  }

  @Test
  void shouldGiveEveryDefaultWithoutAFile() {
    var config = load(Map.of(), Map.of());

    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(config.kafka().commitInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.kafka().properties()).isEmpty();
    assertThat(config.intake().partitioning()).isEqualTo(IntakeConfig.Partitioning.BY_RECORD_KEY);
    assertThat(config.intake().maxRequestSize()).isEqualTo(900 * 1024);
    assertThat(config.services())
        .containsOnlyKeys(
            "notion",
            "trello",
            "slack",
            "drive",
            "sheets",
            "gmail",
            "google-tasks",
            "email",
            "webhook");
    assertThat(config.services().get("notion").token()).isEmpty();
  }

  @Test
  void shouldLetEachLaterPlaceWin() {
    var yaml =
        """
        backstop:
          kafka:
            application-id: from-file
            state-dir: from-file
            bootstrap-servers: from-file:1
            group-protocol: classic
            group-instance-id: from-file
        """;
    var environment =
        Map.of(
            "BACKSTOP_KAFKA_STATE_DIR", "from-environment",
            "BACKSTOP_KAFKA_BOOTSTRAP_SERVERS", "from-environment:1",
            "BACKSTOP_KAFKA_GROUP_INSTANCE_ID", "from-environment");
    system.put("backstop.kafka.bootstrap-servers", "from-system:1");
    system.put("backstop.kafka.group-instance-id", "from-system");

    var kafka =
        new ConfigLoader(environment, system)
            .load(
                Optional.of(file(yaml)),
                Map.of("backstop.kafka.group-instance-id", "from-override"))
            .kafka();

    assertThat(kafka.applicationId()).isEqualTo("from-file");
    assertThat(kafka.stateDir()).isEqualTo("from-environment");
    assertThat(kafka.bootstrapServers()).isEqualTo("from-system:1");
    assertThat(kafka.groupInstanceId()).contains("from-override");
  }

  @Test
  void shouldReadSecretsFromTheUsualVariables() {
    var environment =
        Map.of("NOTION_TOKEN", "n", "TRELLO_KEY", "k", "GOOGLE_TOKEN", "g", "GOOGLE_CLIENT_ID", "");

    var services = load(environment, Map.of()).services();

    assertThat(services.get("notion").token()).contains("n");
    assertThat(services.get("trello").apiKey()).contains("k");
    assertThat(services.get("trello").token()).isEmpty();
    assertThat(services.get("gmail").token()).contains("g");
    assertThat(services.get("gmail").clientId()).isEmpty();
  }

  @Test
  void shouldTakeDollarSignsFromTheEnvironmentAsTheyAre() {
    var environment =
        Map.of("NOTION_TOKEN", "a$$b${c}", "BACKSTOP_SERVICES_SLACK_TOKEN", "x${HOME}$1\\");

    var services = load(environment, Map.of()).services();

    assertThat(services.get("notion").token()).contains("a$$b${c}");
    assertThat(services.get("slack").token()).contains("x${HOME}$1\\");
  }

  @Test
  void shouldExpandExpressionsOfTheFile() {
    var yaml =
        """
        backstop:
          services:
            notion: {token: "${MY_TOKEN}"}
            my-shop: {base-url: "http://${SHOP_HOST:localhost}:8080", options: {a.b: "1"}}
        """;

    var services = loadYaml(yaml, Map.of("MY_TOKEN", "secret")).services();

    assertThat(services.get("notion").token()).contains("secret");
    assertThat(services.get("my-shop").baseUrl()).contains("http://localhost:8080");
    assertThat(services.get("my-shop").options()).containsExactly(Map.entry("a.b", "1"));
  }

  @Test
  void shouldTakeAnEscapedDollarSignOfTheFileAsItIs() {
    var services = loadYaml("backstop: {services: {a: {token: '\\${x}'}}}", Map.of()).services();

    assertThat(services.get("a").token()).contains("${x}");
  }

  @Test
  void shouldTakeKafkaPropertiesQuotedNestedOrFromTheEnvironment() {
    var yaml =
        """
        backstop:
          kafka:
            properties:
              security.protocol: SSL
              ssl:
                truststore:
                  location: trust.jks
        """;
    var environment = Map.of("BACKSTOP_KAFKA_PROPERTIES_SSL_KEYSTORE_TYPE", "PKCS12");
    system.put("backstop.kafka.properties.linger.ms", "5");

    var properties = loadYaml(yaml, environment).kafka().properties();

    assertThat(properties)
        .containsOnly(
            Map.entry("security.protocol", "SSL"),
            Map.entry("ssl.truststore.location", "trust.jks"),
            Map.entry("ssl.keystore.type", "PKCS12"),
            Map.entry("linger.ms", "5"));
  }

  @Test
  void shouldTakeTheLongestSettingNameOfAnAmbiguousVariable() {
    var environment =
        Map.of(
            "BACKSTOP_SERVICES_GMAIL_REFRESH_TOKEN", "r",
            "BACKSTOP_SERVICES_MY_SHOP_TOKEN", "t");

    var services = load(environment, Map.of()).services();

    assertThat(services.get("gmail").refreshToken()).contains("r");
    assertThat(services.get("my-shop").token()).contains("t");
  }

  @Test
  void shouldReadListsAsCommaSeparated() {
    var config = loadYaml("backstop: {kafka: {bootstrap-servers: ['a:1', 'b:2']}}", Map.of());

    assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1,b:2");
  }

  @Test
  void shouldAcceptAnEmptyFile() {
    assertThat(loadYaml("", Map.of()).kafka().streamThreads()).isEqualTo(1);
    assertThat(loadYaml("backstop:\n", Map.of()).kafka().streamThreads()).isEqualTo(1);
  }

  @Test
  void shouldNameKeyValueLineAndExpectationOfABadValue() {
    var message = yamlError("backstop:\n  kafka:\n    commit-interval: 10\n");

    assertThat(message)
        .startsWith("configuration: backstop.kafka.commit-interval = 10 (")
        .contains("backstop.yaml, line 3): expected a duration from 1ms to 1m, such as 100ms");
  }

  @Test
  void shouldNameTheVariableOfABadValue() {
    var environment = Map.of("BACKSTOP_KAFKA_STREAM_THREADS", "many");

    var message = messageOf(() -> load(environment, Map.of()));

    assertThat(message)
        .isEqualTo(
            "configuration: backstop.kafka.stream-threads = many (environment variable"
                + " BACKSTOP_KAFKA_STREAM_THREADS): expected a whole number from 1 to 64");
  }

  @Test
  void shouldSuggestTheNearestKeyForAMisspeltOne() {
    system.put("backstop.kafka.stream-thread", "1");
    var environment = Map.of("BACKSTOP_KAFKA_STREM_THREADS", "1");

    var message = messageOf(() -> load(environment, Map.of()));

    assertThat(message)
        .contains("2 problems")
        .contains(
            "BACKSTOP_KAFKA_STREM_THREADS (environment variable) is not a setting; did you mean"
                + " BACKSTOP_KAFKA_STREAM_THREADS?")
        .contains(
            "backstop.kafka.stream-thread (system property) is not a setting; did you mean"
                + " backstop.kafka.stream-threads?");
  }

  @Test
  void shouldSuggestTheKeyOfTheSameService() {
    var message = yamlError("backstop: {services: {notion: {tokn: x}}}");

    assertThat(message).contains("did you mean backstop.services.notion.token?");
  }

  @Test
  void shouldRefuseAKeyThatResemblesNothing() {
    var message = yamlError("backstop: {kafka: {zzzzzzzzzzzzzzzzzzzz: x}}");

    assertThat(message).contains("is not a setting; see docs/configuration.md");
  }

  @Test
  void shouldIgnoreVariablesThatContainerPlatformsInject() {
    var environment =
        Map.of(
            "BACKSTOP_KAFKA_SERVICE_HOST", "10.0.0.1",
            "BACKSTOP_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1",
            "BACKSTOP_PORT", "tcp://10.0.0.1:80",
            "BACKSTOP_JAVA_OPTS", "-Xmx1g");

    assertThat(load(environment, Map.of())).isNotNull();
  }

  @Test
  void shouldHideSecretsInMessages() {
    var environment = Map.of("BACKSTOP_REGISTRY_PASSWORD", "s3cret");

    var message = messageOf(() -> load(environment, Map.of()));

    assertThat(message).contains("backstop.registry.password").doesNotContain("s3cret");
  }

  @Test
  void shouldRefuseAVariableThatIsNotSet() {
    var message = yamlError("backstop: {services: {slack: {token: '${NOT_SET}'}}}");

    assertThat(message)
        .contains("backstop.services.slack.token")
        .contains("refers to a variable that is not set: ${NOT_SET}");
  }

  @Test
  void shouldRefuseAValueWhereSettingsAreExpectedAndTheReverse() {
    assertThat(yamlError("backstop: {kafka: 3}"))
        .contains("backstop.kafka (")
        .contains("takes settings below it, not a value");
    assertThat(yamlError("backstop: {kafka: {state-dir: {a: b}}}"))
        .contains("backstop.kafka.state-dir (")
        .contains("takes one value, not settings below it");
    assertThat(yamlError("backstop: 3")).contains("takes settings below it");
  }

  @Test
  void shouldTakeAnAreaWithNothingBelowItForAbsent() {
    var config = loadYaml("backstop:\n  kafka:\n  services:\n    notion:\n", Map.of());

    assertThat(config.kafka().streamThreads()).isEqualTo(1);
    assertThat(config.services()).containsKey("notion");
  }

  @Test
  void shouldRefuseAValueForAServiceAsAWhole() {
    assertThat(yamlError("backstop: {services: {notion: secret}}"))
        .contains("backstop.services.notion (")
        .contains("takes settings below it, not a value");
  }

  @Test
  void shouldRefuseAnExpressionThatLeadsToItself() {
    assertThat(yamlError("backstop: {kafka: {state-dir: '${backstop.kafka.state-dir}'}}"))
        .contains("backstop.kafka.state-dir (")
        .contains("that leads nowhere or to itself");
    assertThat(yamlError("backstop: {kafka: {state-dir: '${vault::x}'}}"))
        .contains("that leads nowhere or to itself");
  }

  @Test
  void shouldRefuseAnEmptyRequiredValue() {
    assertThat(yamlError("backstop: {kafka: {application-id: }}"))
        .contains("backstop.kafka.application-id (")
        .contains("is empty: expected 1 to 150 letters");
  }

  @Test
  void shouldNameTheLineOfASyntaxError() {
    assertThat(yamlError("backstop:\n  kafka: [\n")).contains("backstop.yaml, line 3: not valid");
    assertThat(yamlError("backstop:\n\tkafka: 1\n")).contains("backstop.yaml, line 2: not valid");
  }

  @Test
  void shouldRefuseOtherTopLevelKeysAndOtherShapes() {
    assertThat(yamlError("kafka:\n  state-dir: x\n"))
        .contains("unknown top-level key kafka (line 1); every setting stands below 'backstop:'");
    assertThat(yamlError("- 1\n")).contains("expected 'backstop:'");
    assertThat(yamlError("just text")).contains("expected 'backstop:'");
  }

  @Test
  void shouldRefuseAKeyThatIsThereTwice() {
    assertThat(yamlError("backstop:\n  kafka: {}\n  kafka: {}\n"))
        .contains("line 3: backstop.kafka is there twice, first in line 2");
    assertThat(yamlError("backstop: {}\nbackstop: {}\n")).contains("backstop is there twice");
  }

  @Test
  void shouldRefuseAFileThatIsMissingOrUnreadable() {
    var missing = directory.resolve("missing.yaml");

    assertThat(messageOf(() -> new ConfigLoader(Map.of(), system).load(Optional.of(missing))))
        .isEqualTo("configuration file " + missing + " does not exist");
    assertThat(messageOf(() -> new ConfigLoader(Map.of(), system).load(Optional.of(directory))))
        .contains("cannot be read: it is a directory");
  }

  @Test
  void shouldRefuseAFileThatIsNotText() throws IOException {
    var binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28});

    assertThat(messageOf(() -> new ConfigLoader(Map.of(), system).load(Optional.of(binary))))
        .contains("is not UTF-8 text");
  }

  @Test
  void shouldRefuseAnAnchorThatHoldsItself() {
    assertThat(yamlError("backstop: &a\n  kafka: *a\n")).contains("nested too deeply");
  }

  @Test
  void shouldRefuseSettingsThatContradictEachOther() {
    var message =
        messageOf(
            () ->
                load(
                    Map.of(),
                    Map.of(
                        "backstop.kafka.heartbeat-interval", "4s",
                        "backstop.kafka.commit-interval", "5s",
                        "backstop.kafka.group-instance-id", "one",
                        "backstop.registry.username", "user")));

    assertThat(message)
        .contains("4 problems")
        .contains("backstop.kafka.heartbeat-interval (override): at most a third of")
        .contains("backstop.kafka.transaction-timeout (default): more than")
        .contains("backstop.kafka.group-instance-id (override): only with")
        .contains("backstop.registry.username (override): give both");
  }

  @Test
  void shouldNameTheFirstProblemsAndCountTheOthers() {
    var yaml =
        "backstop: {kafka: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, stream-threads: x, state-dir: y}}";

    assertThat(yamlError(yaml)).contains("7 problems").endsWith("and 2 more");
  }

  @Test
  void shouldTellMailServersFromWebAddresses() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(
            () -> load(Map.of(), Map.of("backstop.services.email.base-url", "https://mail.x")))
        .withMessageContaining("backstop.services.email.base-url (override): expected smtp://");
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> load(Map.of(), Map.of("backstop.services.slack.base-url", "smtp://x")))
        .withMessageContaining("backstop.services.slack.base-url (override): expected http");
  }

  @Test
  void shouldSwitchFallbacksOffByTheirVariable() {
    assertThat(load(Map.of("ENABLE_FALLBACKS", "false"), Map.of()).fallback().enabled()).isFalse();
    assertThat(load(Map.of(), Map.of()).fallback().enabled()).isTrue();
  }

  @Test
  void shouldRefuseAVariableForFallbacksThatIsNeitherTrueNorFalse() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> load(Map.of("ENABLE_FALLBACKS", "maybe"), Map.of()))
        .withMessageContaining("backstop.fallback.enabled");
  }
}
