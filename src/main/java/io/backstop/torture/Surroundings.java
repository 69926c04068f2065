package io.backstop.torture;

import io.backstop.devcluster.EmbeddedKafka;
import io.backstop.devcluster.registry.DevRegistry;
import io.backstop.devcluster.registry.DevRegistryOptions;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the processors depend on, in this process: a broker and a registry that keep their ports and
 * their data over a restart, and for each processor a simulator of its own, so that a call tells
 * who made it.
 */
final class Surroundings implements AutoCloseable {
  private static final int RECORDED_CALLS = 1_000_000;

  /**
   * Dead transactions are looked for each second, else each kill would hold up the others for 10 s
   * more. And the only broker hands its partitions over to nobody as it goes: without a leader
   * their markers are left out, and a transaction is taken for complete that stands open in them
   * for ever. What was not handed over is taken in again once the session is over, so that is
   * short.
   */
  private static final Map<String, String> BROKER =
      Map.of(
          "transaction.abort.timed.out.transaction.cleanup.interval.ms",
          "1000",
          "controlled.shutdown.enable",
          "false",
          "broker.session.timeout.ms",
          "4000",
          "broker.heartbeat.interval.ms",
          "500");

  private final Path directory;
  private final List<Simulator> simulators = new ArrayList<>();
  private EmbeddedKafka kafka;
  private DevRegistry registry;
  private final String bootstrapServers;
  private final String registryUrl;
  private final Outages outages;

  private Surroundings(Path directory, long seed, Outages outages) {
    this.directory = directory;
    this.outages = outages;
    kafka = startKafka(0);
    bootstrapServers = kafka.bootstrapServers();
    registry = startRegistry(0);
    registryUrl = registry.url();
    for (int processor = 0; processor < Plan.PROCESSORS; processor++) {
      var options = new SimulatorOptions(0, seed + processor, Map.of());
      simulators.add(Simulator.start(options.recordingCalls(RECORDED_CALLS)));
    }
  }

  /**
   * @param outages told when broker or registry goes and when it is back
   */
  static Surroundings start(Path directory, long seed, Outages outages) {
    var around = new Surroundings(directory, seed, outages);
    around.mend();
    return around;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  String registryUrl() {
    return registryUrl;
  }

  /** The door of one processor to all services. */
  Simulator simulator(int processor) {
    return simulators.get(processor);
  }

  /** Returns when the broker takes records again. */
  void restartBroker() {
    outages.begin();
    kafka.close();
    kafka = startKafka(URI.create("kafka://" + bootstrapServers).getPort());
    outages.end();
  }

  void stopRegistry() {
    outages.begin();
    registry.close();
  }

  void restartRegistry() {
    registry = startRegistry(URI.create(registryUrl).getPort());
    outages.end();
  }

  void fault(EmulatedService service, FaultPlan plan) {
    simulators.forEach(each -> each.setFaults(service, plan));
  }

  /** All services are well. */
  void mend() {
    simulators.forEach(each -> each.setFaults(Misbehaviour.WELL));
  }

  private EmbeddedKafka startKafka(int port) {
    return EmbeddedKafka.start(port, directory.resolve("broker"), BROKER);
  }

  private DevRegistry startRegistry(int port) {
    return DevRegistry.start(
        new DevRegistryOptions(
            port,
            "(none: the port is chosen)",
            Optional.of(directory.resolve("registry")),
            Optional.empty()));
  }

  @Override
  public void close() {
    simulators.forEach(Simulator::close);
    registry.close();
    kafka.close();
  }
}
