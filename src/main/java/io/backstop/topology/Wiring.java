package io.backstop.topology;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Admission;
import io.backstop.action.CallRate;
import io.backstop.action.CircuitGate;
import io.backstop.action.DeadLetter;
import io.backstop.action.Outcome;
import io.backstop.config.BackstopConfig;
import io.backstop.config.Policies;
import io.backstop.config.ServiceConfig;
import io.backstop.execution.CallGate;
import io.backstop.execution.CallGuards;
import io.backstop.execution.CallPlans;
import io.backstop.execution.ExecutionNode;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.backstop.intake.IntakeNode;
import io.backstop.metrics.ActionMetrics;
import io.backstop.retry.RetryRules;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/**
 * Makes the parts of one process and joins them into its topology. Asks the registry for the ids of
 * all schemas that are written.
 */
public final class Wiring implements AutoCloseable {

  /**
   * What calls go out through.
   *
   * @param credentials makes a service's credentials from its name and settings
   */
  public record Outgoing(
      Targets targets,
      BiFunction<String, ServiceConfig, Credentials> credentials,
      HttpTransport http,
      MeterRegistry meters) {}

  private final Registry registry;
  private final Topics topics;
  private final CallGate gate = new CallGate();
  private final WireDecoder<ActionRequest> requests;
  private final TopologyParts parts;

  /**
   * @param instance names this process among those of the fleet, from its start to its end
   * @param clock tells the time of arrival
   * @throws io.backstop.config.StartupException when the registry does not have what is needed
   */
  public Wiring(
      BackstopConfig config, Outgoing outgoing, Registry registry, String instance, Clock clock) {
    this.registry = registry;
    this.topics = new Topics(config.topics().prefix());
    this.requests = new WireDecoder<>(ActionRequest.class, registry, clock);
    registry.announce(topics.requests(), ActionRequest.getClassSchema());
    requests.warmUp(topics.requests() + "-value").join();
    ActionMetrics metrics = new ActionMetrics(outgoing.meters());
    Policies policies = new Policies(config);
    RetryRules retries = new RetryRules(policies, ThreadLocalRandom::current, metrics);
    CallGuards guards =
        new CallGuards(
            policies, s -> OPEN_GATE, s -> ANY_RATE, retries::of, (w, n) -> Optional.empty());
    CallPlans plans =
        new CallPlans(
            outgoing.targets(), config, outgoing.credentials(), outgoing.http(), guards, metrics);
    this.parts =
        new TopologyParts(
            topics,
            config.intake().partitioning(),
            new IntakeNode.Shared(outgoing.targets(), config.intake(), requests, metrics),
            config.idempotency(),
            new ExecutionNode(
                plans, config.execution(), requests, gate, metrics, NodeNames.OUTCOME_RECORDING),
            metrics,
            serializer(topics.results(), ActionResult.class),
            serializer(topics.deadLetters(), DeadLetter.class),
            clock);
  }

  /** All of it. */
  public Topology topology() {
    return ActionTopology.of(parts);
  }

  public TopologyParts parts() {
    return parts;
  }

  /** Through which every call of this process passes. */
  public CallGate gate() {
    return gate;
  }

  private <T extends SpecificRecord> Serializer<T> serializer(String topic, Class<T> type) {
    WireEncoder<T> encoder = new WireEncoder<>(registry, topic, type);
    return (name, value) -> value == null ? null : encoder.encode(value);
  }

  @Override
  public void close() {
    requests.close();
  }

  private static final CircuitGate OPEN_GATE =
      new CircuitGate() {
        public Admission admit(long now) {
          return Admission.CALL;
        }

        public boolean refuses(long now) {
          return false;
        }

        public void ended(Admission.Granted a, Outcome o, long d, long now) {}

        public void abandoned(Admission.Granted a) {}
      };
  private static final CallRate ANY_RATE =
      new CallRate() {
        public boolean tryStart(long now) {
          return true;
        }

        public void giveBack(long now) {}

        public void throttled(Optional<Duration> r, long now) {}

        public long pausedUntil(long now) {
          return 0;
        }
      };
}
