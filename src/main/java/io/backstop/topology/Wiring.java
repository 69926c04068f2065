package io.backstop.topology;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionNames;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.CachedResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackRequest;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.QueueDepth;
import io.backstop.action.Steps;
import io.backstop.cache.CachedResults;
import io.backstop.circuit.Circuits;
import io.backstop.config.BackstopConfig;
import io.backstop.config.IntakeConfig;
import io.backstop.config.Policies;
import io.backstop.config.ServiceAccess;
import io.backstop.config.StartupException;
import io.backstop.deadletter.LetterWriting;
import io.backstop.desk.DeskNode;
import io.backstop.desk.LetterResubmitting;
import io.backstop.desk.RequestBytes;
import io.backstop.desk.RequestTopics;
import io.backstop.desk.Resubmitting;
import io.backstop.execution.CallGate;
import io.backstop.execution.CallGuards;
import io.backstop.execution.CallPlans;
import io.backstop.execution.ExecutionNode;
import io.backstop.execution.Fallbacks;
import io.backstop.executor.HealthChecks;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.backstop.fallback.Conversions;
import io.backstop.fallback.RecentServiceFailures;
import io.backstop.fallback.Strategies;
import io.backstop.fleet.SettingsNews;
import io.backstop.fleet.Signals;
import io.backstop.intake.IntakeNode;
import io.backstop.limit.CallRates;
import io.backstop.limit.PausedTargets;
import io.backstop.metrics.ActionMetrics;
import io.backstop.replay.OperationMeter;
import io.backstop.replay.ReplayCoordinator;
import io.backstop.retry.RetryRules;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.statistics.FallbackReporting;
import io.backstop.statistics.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
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
      BiFunction<String, ServiceAccess, Credentials> credentials,
      HttpTransport http,
      MeterRegistry meters) {}

  /**
   * Names of this process among those of the fleet.
   *
   * @param process from its start to its end
   * @param place its state directory, which a restarted process finds again
   */
  public record Identity(String process, String place) {}

  private final Registry registry;
  private final Clock clock;
  private final Topics topics;
  private final List<WireDecoder<?>> decoders = new ArrayList<>();
  private final QueueDepth queueDepth = new QueueDepth();
  private final CallGate gate = new CallGate();
  private final Circuits circuits;
  private final Signals signals;
  private final Serializer<FleetSignal> signalSerializer;
  private final TopologyParts parts;

  /**
   * @param clock tells the time of arrival
   * @throws io.backstop.config.StartupException when the registry does not have what is needed
   */
  public Wiring(
      BackstopConfig config, Outgoing outgoing, Registry registry, Identity identity, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.topics = new Topics(config.topics().prefix());
    ActionMetrics metrics =
        new ActionMetrics(outgoing.meters(), new ActionNames(outgoing.targets().names())::of);
    Policies policies = new Policies(config);
    BiFunction<String, ServiceAccess, Credentials> credentials = shared(outgoing.credentials());
    HealthChecks health =
        new HealthChecks(outgoing.targets(), config, credentials, outgoing.http());
    this.circuits = new Circuits(identity.process(), policies, health::of, metrics);
    CallRates rates =
        new CallRates(
            identity.place(),
            policies,
            config.execution().throttlePause(),
            config.execution().maxPause(),
            metrics);
    CachedResults cached = new CachedResults(config, identity.process(), metrics);
    RetryRules retries = new RetryRules(policies, ThreadLocalRandom::current, metrics);
    RecentServiceFailures failures =
        new RecentServiceFailures(identity.process(), config.fallback().skip());
    this.signals = new Signals(List.of(circuits, rates, cached, failures));
    Conversions conversions = new Conversions(config.fallback().targets());
    Strategies strategies = new Strategies(config.fallback(), outgoing.targets(), cached::takes);
    Fallbacks fallbacks =
        new Fallbacks(strategies, conversions, failures, config.fallback().parking(), queueDepth);
    PausedTargets paused = new PausedTargets();
    CallPlans plans =
        new CallPlans(
            outgoing.targets(),
            config,
            credentials,
            outgoing.http(),
            new CallGuards(
                policies,
                circuits::of,
                rates::of,
                retries::of,
                paused::isPaused,
                cached,
                fallbacks),
            metrics);
    registry.announce(topics.requests(), ActionRequest.getClassSchema());
    registry.announce(topics.commands(), Command.getClassSchema());
    registry.announce(topics.deskReports(), DeskReport.getClassSchema());
    registry.announce(topics.deskOrders(), DeskOrder.getClassSchema());
    // what is written first, so that what is read finds its schemas in the registry
    this.signalSerializer = serializer(topics.fleetSignals(), FleetSignal.class);
    Serializer<CachedResult> cachedResults = serializer(topics.cachedResults(), CachedResult.class);
    Serializer<FallbackReport> reports = serializer(topics.fallbackReports(), FallbackReport.class);
    WireDecoder<ActionRequest> requests = decoder(topics.requests(), ActionRequest.class);
    Serializer<ActionRequest> requestSerializer = requestSerializer(config);
    FleetParts fleet =
        new FleetParts(
            policies,
            Map.of(
                FleetKey.CIRCUIT, circuits,
                FleetKey.LIMIT, rates,
                FleetKey.SETTINGS, new SettingsNews(policies),
                FleetKey.STRATEGY, strategies,
                FleetKey.FAILURES, failures,
                FleetKey.OPERATION, new OperationMeter(metrics),
                FleetKey.PAUSE, paused),
            cached,
            health::of,
            plans::knowsScope,
            config.execution().maxPause(),
            config.fallback(),
            outgoing.targets(),
            new Notifications(config),
            new ReplayCoordinator.Rules(
                outgoing.targets(), policies::scope, config.replay().maxOutstanding()),
            serializer(topics.fleetState(), FleetState.class),
            serializer(topics.commandResults(), CommandResult.class),
            requestSerializer,
            serializer(topics.deskOrders(), DeskOrder.class),
            decoder(topics.fleetSignals(), FleetSignal.class),
            decoder(topics.commands(), Command.class),
            decoder(topics.fallbackReports(), FallbackReport.class),
            decoder(topics.deskReports(), DeskReport.class),
            decoder(topics.fleetState(), FleetState.class),
            decoder(topics.cachedResults(), CachedResult.class));
    Serializer<DeskReport> deskReports = serializer(topics.deskReports(), DeskReport.class);
    Serializer<DeadLetter> letters = serializer(topics.deadLetters(), DeadLetter.class);
    IntakeNode.Shared intake =
        new IntakeNode.Shared(
            outgoing.targets(), config.intake(), requests, strategies::problems, metrics);
    FallbackParts hops = fallbackParts(outgoing.targets());
    RequestBytes requestBytes =
        new RequestBytes(
            requestTopics(hops.steps(), config.intake()),
            requests,
            hops.decoder(),
            request -> requestSerializer.serialize(topics.requests(), request),
            hop -> hops.hops().serialize("", hop));
    DeskNode desk =
        new DeskNode(
            decoder(topics.deadLetters(), DeadLetter.class),
            config.desk(),
            LetterWriting::letter,
            new LetterResubmitting(requestBytes, intake::problem, outgoing.targets(), conversions),
            new DeskNode.Orders(
                topics.deskOrders(),
                decoder(topics.deskOrders(), DeskOrder.class),
                NodeNames.RESUBMISSIONS,
                NodeNames.DESK_REPORTS),
            metrics);
    this.parts =
        new TopologyParts(
            topics,
            config.intake().partitioning(),
            intake,
            config.idempotency(),
            new ExecutionNode(
                plans,
                config.execution(),
                requests,
                gate,
                metrics,
                new ExecutionNode.Children(NodeNames.OUTCOME_RECORDING, NodeNames.FALLBACK_HOPS)),
            hops,
            metrics,
            serializer(topics.results(), ActionResult.class),
            letters,
            serializer(topics.events(), ActionEvent.class),
            cachedResults,
            config.events(),
            new FallbackReporting.Shared(outgoing.targets().names(), queueDepth, metrics),
            reports,
            serializer(topics.deskOrders(), DeskOrder.class),
            fleet,
            desk,
            deskReports,
            clock);
  }

  /** All of it. */
  public Topology topology() {
    return ActionTopology.of(parts);
  }

  public TopologyParts parts() {
    return parts;
  }

  /** Says what a replay of a dead letter would send in. */
  public Resubmitting resubmitting() {
    return parts.desk().resubmitting();
  }

  /** Through which every call of this process passes. */
  public CallGate gate() {
    return gate;
  }

  /** Writes signals for their topic. */
  public Serializer<FleetSignal> signalSerializer() {
    return signalSerializer;
  }

  /** Writes what every instance has to know. */
  public Serializer<FleetState> stateSerializer() {
    return parts.fleet().states();
  }

  /** Reads it. */
  public WireDecoder<FleetState> stateDecoder() {
    return parts.fleet().stateDecoder();
  }

  /** Under which every target is called, as commands have changed it. */
  public Policies policies() {
    return parts.fleet().policies();
  }

  /** The circuits as this process knows them. */
  public Circuits circuits() {
    return circuits;
  }

  /** What this process tells the fleet; it is for the caller to send it. */
  public Signals signals() {
    return signals;
  }

  private FallbackParts fallbackParts(Targets targets) {
    List<String> steps = FallbackTopics.steps(targets);
    for (String step : steps) {
      registry.announce(topics.fallback(step), FallbackRequest.getClassSchema());
    }
    String any = topics.fallback(Steps.QUEUE_RETRY);
    return new FallbackParts(
        steps, serializer(any, FallbackRequest.class), decoder(any, FallbackRequest.class));
  }

  /** One and the same for calls and health checks, so that each service signs in once. */
  private static BiFunction<String, ServiceAccess, Credentials> shared(
      BiFunction<String, ServiceAccess, Credentials> made) {
    Map<String, Credentials> known = new HashMap<>();
    return (service, settings) ->
        known.computeIfAbsent(service, name -> made.apply(name, settings));
  }

  private RequestTopics requestTopics(List<String> steps, IntakeConfig intake) {
    Map<String, String> byTopic = new HashMap<>();
    steps.forEach(step -> byTopic.put(topics.fallback(step), step));
    return new RequestTopics(
        topics.requests(),
        Set.of(topics.requestsByKey()),
        byTopic,
        RequestRecordSize.surelyFits(intake));
  }

  /**
   * Where nobody is notified, the registry need not have a schema to write requests with: only
   * replays that change one write them.
   */
  private Serializer<ActionRequest> requestSerializer(BackstopConfig config) {
    try {
      return serializer(topics.requests(), ActionRequest.class);
    } catch (StartupException e) {
      if (config.notifications().target().isPresent()) {
        throw e;
      }
      return (topic, request) -> {
        throw new SerializationException(e.getMessage());
      };
    }
  }

  private <T extends SpecificRecord> Serializer<T> serializer(String topic, Class<T> type) {
    WireEncoder<T> encoder = new WireEncoder<>(registry, topic, type);
    return (name, value) -> value == null ? null : encoder.encode(value);
  }

  private <T extends SpecificRecord> WireDecoder<T> decoder(String topic, Class<T> type) {
    WireDecoder<T> decoder = new WireDecoder<>(type, registry, clock);
    decoder.warmUp(topic + "-value").join();
    decoders.add(decoder);
    return decoder;
  }

  @Override
  public void close() {
    decoders.forEach(WireDecoder::close);
  }
}
