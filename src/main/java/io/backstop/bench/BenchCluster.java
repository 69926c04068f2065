package io.backstop.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The development cluster in a process of its own, on free ports, gone with all data at close. */
final class BenchCluster implements AutoCloseable {
  private static final Pattern BROKER = Pattern.compile("^Kafka broker:\\s+(\\S+)");
  private static final Pattern REGISTRY = Pattern.compile("^Schema registry:\\s+(\\S+)");

  private final ChildJvm process;
  private final String bootstrapServers;
  private final String registryUrl;

  private BenchCluster(ChildJvm process) {
    this.process = process;
    this.bootstrapServers = process.await(BROKER);
    this.registryUrl = process.await(REGISTRY);
  }

  static BenchCluster start() {
    return new BenchCluster(
        ChildJvm.start(
            List.of("-Xms512m", "-Xmx1g"), "dev-cluster", "--port", "0", "--registry-port", "0"));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  String registryUrl() {
    return registryUrl;
  }

  void createTopic(String name, int partitions) {
    Map<String, Object> settings =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + name + " was not created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  long cpuNanos() {
    return process.cpuNanos();
  }

  @Override
  public void close() {
    process.close();
  }
}
