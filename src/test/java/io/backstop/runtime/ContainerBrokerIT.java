package io.backstop.runtime;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** The stories on the broker and the registry that others run, with their own defaults. */
@EnabledIf(value = "isDockerHere", disabledReason = "no Docker here to run broker and registry in")
class ContainerBrokerIT implements EndToEndStories {
  private static final String BROKER_IMAGE = "apache/kafka:4.3.1";
  private static final String REGISTRY_IMAGE = "confluentinc/cp-schema-registry:7.9.5";
  private static final int REGISTRY_PORT = 8081;
  private static final String INSIDE = "kafka:19092";

  private static Network network;
  private static KafkaContainer broker;
  private static GenericContainer<?> registry;

  static boolean isDockerHere() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void start() {
    network = Network.newNetwork();
    broker = new KafkaContainer(BROKER_IMAGE).withNetwork(network).withListener(INSIDE);
    broker.start();
    registry =
        new GenericContainer<>(REGISTRY_IMAGE)
            .withNetwork(network)
            .withExposedPorts(REGISTRY_PORT)
            .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
            .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + REGISTRY_PORT)
            .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + INSIDE)
            .waitingFor(
                Wait.forHttp("/subjects")
                    .forStatusCode(200)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    registry.start();
  }

  @AfterAll
  static void stop() {
    registry.stop();
    broker.stop();
    network.close();
  }

  @Override
  public String bootstrapServers() {
    return broker.getBootstrapServers();
  }

  @Override
  public String registryUrl() {
    return "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT);
  }
}
