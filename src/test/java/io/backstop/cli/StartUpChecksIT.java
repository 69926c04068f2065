package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import io.backstop.testing.BrokerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What keeps {@code run} from starting is said within 30 seconds, in one line. */
class StartUpChecksIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @TempDir private Path directory;
  private String prefix;
  private String brokers;
  private String registry;
  private String stateDir;
  private String further = "";
  private String startTimeout = "20s";

  @BeforeEach
  void startFromWhatWorks() {
    prefix = "start-" + System.nanoTime() + ".";
    brokers = BROKER.bootstrapServers();
    registry = BROKER.registryUrl();
    stateDir = directory.resolve("state").toString();
  }

  @Test
  void shouldNameABrokerThatDoesNotAnswer() throws IOException {
    brokers = "127.0.0.1:" + closedPort();
    startTimeout = "4s";

    assertRefusal("no Kafka broker answered at " + brokers, "backstop.kafka.bootstrap-servers");
  }

  @Test
  void shouldNameARegistryThatDoesNotAnswer() throws IOException {
    registry = "http://127.0.0.1:" + closedPort();
    createTopics();

    assertRefusal("schema registry " + registry + " cannot be reached", "backstop.registry.url");
  }

  @Test
  void shouldNameARegistryThatAcceptsAndNeverAnswers() throws IOException {
    createTopics();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      registry = "http://127.0.0.1:" + silent.getLocalPort();

      assertRefusal("schema registry " + registry + " cannot be reached", "backstop.registry.url");
    }
  }

  @Test
  void shouldNameAMissingTopic() {
    assertRefusal("topic " + prefix + "requests is not there", "backstop topics create");
  }

  @Test
  void shouldNameTopicsOfDifferentPartitionCount() throws Exception {
    further = "  intake: {partitioning: by-idempotency-key}\n";
    createTopic("requests", 2);
    createTopic("requests.by-key", 3);

    assertRefusal(prefix + "requests.by-key has 3 partitions", prefix + "requests has 2");
  }

  @Test
  void shouldNameAStateDirectoryThatCannotBeWritten() throws IOException {
    stateDir = Files.createFile(directory.resolve("a-file")).resolve("state").toString();

    assertRefusal("state directory", stateDir, "backstop.kafka.state-dir");
  }

  @Test
  void shouldNameAStateDirectoryThatAnotherInstanceUses() throws Exception {
    createTopics();
    Path process = Files.createDirectories(Path.of(stateDir, prefix + "app"));
    Path lock = process.resolve(".lock");
    try (var file =
            java.nio.channels.FileChannel.open(
                lock,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE);
        var held = file.lock()) {
      assertThat(held.isValid()).isTrue();

      assertRefusal("state directory", "in use", "backstop.kafka.state-dir");
    }
  }

  @Test
  void shouldNameAGroupProtocolThatTheBrokersDoNotOffer() throws Exception {
    try (var old = DevCluster.start(DevClusterOptions.ephemeral())) {
      brokers = old.bootstrapServers();
      try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        var off = new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
        admin
            .updateFeatures(Map.of("streams.version", off), new UpdateFeaturesOptions())
            .all()
            .get();
      }

      assertRefusal("group.protocol=streams", "backstop.kafka.group-protocol: classic");
    }
  }

  private void assertRefusal(String... parts) {
    CommandRun run =
        CompletableFuture.supplyAsync(
                () -> CommandRun.with(directory, yaml(), "run"),
                command -> {
                  var thread = new Thread(command, "run");
                  thread.setDaemon(true);
                  thread.start();
                })
            .orTimeout(30, TimeUnit.SECONDS)
            .join();

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).hasLineCount(1).contains(parts);
  }

  private void createTopics() {
    String url = registry;
    assertThat(CommandRun.with(directory, yaml(), "topics", "create").exitCode())
        .as(url)
        .isEqualTo(ExitCode.OK);
  }

  private void createTopic(String name, int partitions) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      var topic =
          new NewTopic(prefix + name, partitions, (short) 1)
              .configs(Map.of("max.message.bytes", "4194304"));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private String yaml() {
    return """
    backstop:
      kafka: {bootstrap-servers: "%s", state-dir: "%s", application-id: "%sapp", start-timeout: %s}
      registry: {url: "%s", auto-register: true}
      topics: {prefix: "%s", partitions: 1}
    """
            .formatted(brokers, stateDir, prefix, startTimeout, registry, prefix)
        + further;
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
