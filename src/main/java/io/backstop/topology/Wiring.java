package io.backstop.topology;

import io.backstop.action.ActionEvent;
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
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.Steps;
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
import io.backstop.execution.ExecutionNode;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import io.backstop.fleet.Signals;
import io.backstop.intake.IntakeNode;
import io.backstop.replay.ReplayCoordinator;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.statistics.FallbackReporting;
import io.backstop.statistics.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
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

  private final WireFormats formats;
  private final Topics topics;
  private final CallGate gate = new CallGate();
  private final CallParts calls;
  private final Signals signals;
  private final Serializer<FleetSignal> signalSerializer;
  private final TopologyParts parts;

  /**
   * @param clock tells the time of arrival
   * @throws StartupException when the registry does not have what is needed
   */
  public Wiring(
      BackstopConfig config, Outgoing outgoing, Registry registry, Identity identity, Clock clock) {
    this.formats = new WireFormats(registry, clock);
    this.topics = new Topics(config.topics().prefix());
    this.calls = CallParts.of(config, outgoing, identity);
    this.signals = calls.signals();
    formats.announce(topics.requests(), ActionRequest.getClassSchema());
    formats.announce(topics.commands(), Command.getClassSchema());
    formats.announce(topics.deskReports(), DeskReport.getClassSchema());
    formats.announce(topics.deskOrders(), DeskOrder.getClassSchema());
    // what is written first, so that what is read finds its schemas in the registry
    this.signalSerializer = formats.serializer(topics.fleetSignals(), FleetSignal.class);
    Serializer<CachedResult> cachedResults =
        formats.serializer(topics.cachedResults(), CachedResult.class);
    Serializer<FallbackReport> reports =
        formats.serializer(topics.fallbackReports(), FallbackReport.class);
    WireDecoder<ActionRequest> requests = formats.decoder(topics.requests(), ActionRequest.class);
    Serializer<ActionRequest> requestSerializer = requestSerializer(config);
    FleetParts fleet = fleetParts(config, outgoing.targets(), requestSerializer);
    Serializer<DeskReport> deskReports = formats.serializer(topics.deskReports(), DeskReport.class);
    Serializer<DeadLetter> letters = formats.serializer(topics.deadLetters(), DeadLetter.class);
    IntakeNode.Shared intake =
        new IntakeNode.Shared(
            outgoing.targets(),
            config.intake(),
            requests,
            calls.strategies()::problems,
            calls.metrics());
    FallbackParts hops = fallbackParts(outgoing.targets());
    RequestBytes requestBytes =
        new RequestBytes(
            requestTopics(hops.steps(), config.intake()),
            requests,
            hops.decoder(),
            request -> requestSerializer.serialize(topics.requests(), request),
            hop -> hops.hops().serialize("", hop));
    Resubmitting resubmitting =
        new LetterResubmitting(
            requestBytes, intake::problem, outgoing.targets(), calls.conversions());
    this.parts =
        new TopologyParts(
            topics,
            config.intake().partitioning(),
            intake,
            config.idempotency(),
            new ExecutionNode(
                calls.plans(),
                config.execution(),
                requests,
                gate,
                calls.metrics(),
                new ExecutionNode.Children(NodeNames.OUTCOME_RECORDING, NodeNames.FALLBACK_HOPS)),
            hops,
            calls.metrics(),
            formats.serializer(topics.results(), ActionResult.class),
            letters,
            formats.serializer(topics.events(), ActionEvent.class),
            cachedResults,
            config.events(),
            new FallbackReporting.Shared(
                outgoing.targets().names(), calls.queueDepth(), calls.metrics()),
            reports,
            fleet,
            deskNode(config, resubmitting),
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
    return calls.policies();
  }

  /** The circuits as this process knows them. */
  public Circuits circuits() {
    return calls.circuits();
  }

  /** What this process tells the fleet; it is for the caller to send it. */
  public Signals signals() {
    return signals;
  }

  private FleetParts fleetParts(
      BackstopConfig config, Targets targets, Serializer<ActionRequest> requests) {
    return new FleetParts(
        calls.policies(),
        calls.news(),
        calls.cached(),
        calls.health()::of,
        calls.plans()::knowsScope,
        config.execution().maxPause(),
        config.fallback(),
        targets,
        new Notifications(config),
        new ReplayCoordinator.Rules(
            targets, calls.policies()::scope, config.replay().maxOutstanding()),
        formats.serializer(topics.fleetState(), FleetState.class),
        formats.serializer(topics.commandResults(), CommandResult.class),
        requests,
        formats.serializer(topics.deskOrders(), DeskOrder.class),
        formats.decoder(topics.fleetSignals(), FleetSignal.class),
        formats.decoder(topics.commands(), Command.class),
        formats.decoder(topics.fallbackReports(), FallbackReport.class),
        formats.decoder(topics.deskReports(), DeskReport.class),
        formats.decoder(topics.fleetState(), FleetState.class),
        formats.decoder(topics.cachedResults(), CachedResult.class));
  }

  private DeskNode deskNode(BackstopConfig config, Resubmitting resubmitting) {
    return new DeskNode(
        formats.decoder(topics.deadLetters(), DeadLetter.class),
        config.desk(),
        LetterWriting::letter,
        resubmitting,
        new DeskNode.Orders(
            topics.deskOrders(),
            formats.decoder(topics.deskOrders(), DeskOrder.class),
            NodeNames.RESUBMISSIONS,
            NodeNames.DESK_REPORTS),
        calls.metrics());
  }

  private FallbackParts fallbackParts(Targets targets) {
    List<String> steps = FallbackTopics.steps(targets);
    for (String step : steps) {
      formats.announce(topics.fallback(step), FallbackRequest.getClassSchema());
    }
    String any = topics.fallback(Steps.QUEUE_RETRY);
    return new FallbackParts(
        steps,
        formats.serializer(any, FallbackRequest.class),
        formats.decoder(any, FallbackRequest.class));
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
      return formats.serializer(topics.requests(), ActionRequest.class);
    } catch (StartupException e) {
      if (config.notifications().target().isPresent()) {
        throw e;
      }
      return (topic, request) -> {
        throw new SerializationException(e.getMessage());
      };
    }
  }

  @Override
  public void close() {
    formats.close();
  }
}
