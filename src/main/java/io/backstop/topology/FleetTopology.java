package io.backstop.topology;

import static io.backstop.topology.NodeNames.*;

import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.FallbackReport;
import io.backstop.action.StoreNames;
import io.backstop.cache.CacheKeeper;
import io.backstop.cache.CachedResultsUpdate;
import io.backstop.circuit.CircuitCoordinator;
import io.backstop.command.CommandIntake;
import io.backstop.command.CommandRecording;
import io.backstop.command.CommandRoutes;
import io.backstop.fallback.FailureKeeper;
import io.backstop.fallback.StrategyKeeper;
import io.backstop.fleet.FleetStateUpdate;
import io.backstop.fleet.SignalIntake;
import io.backstop.intake.ArrivalTimeExtractor;
import io.backstop.limit.PauseKeeper;
import io.backstop.limit.RateCoordinator;
import io.backstop.replay.AddressedOrder;
import io.backstop.replay.ReplayCoordinator;
import io.backstop.serde.ReportIntake;
import io.backstop.statistics.FallbackLedger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * What the fleet decides together: signals and commands in, decisions out, and every instance's
 * copy of them. One partition, so one task in the whole fleet decides.
 */
final class FleetTopology {
  private final TopologyParts parts;
  private final FleetParts fleet;
  private final Topology topology;
  private final StringSerializer text = new StringSerializer();

  private FleetTopology(TopologyParts parts, Topology topology) {
    this.parts = parts;
    this.fleet = parts.fleet();
    this.topology = topology;
  }

  static void addTo(Topology topology, TopologyParts parts) {
    FleetTopology flow = new FleetTopology(parts, topology);
    flow.decide();
    flow.keepCopies();
  }

  private void decide() {
    Topics topics = parts.topics();
    var signals =
        SignalIntake.supplier(
            fleet.signalDecoder(),
            new SignalIntake.Children(
                CIRCUIT_COORDINATOR, RATE_COORDINATOR, CACHE_KEEPER, FAILURE_KEEPER));
    var commands = CommandIntake.supplier(fleet.commandDecoder(), routes(), COMMAND_RESULTS);
    var circuits =
        CircuitCoordinator.supplier(
            fleet.policies(),
            fleet.healthProbes(),
            fleet.knownScope(),
            new CircuitCoordinator.Children(
                FLEET_STATE,
                COMMAND_RECORDING,
                FLEET_EVENTS,
                parts.eventsConfig().settingsChanged()));
    var rates = RateCoordinator.supplier(fleet.policies(), fleet.maxPause(), FLEET_STATE);
    var cache =
        CacheKeeper.supplier(
            fleet.cachedResults(),
            new CacheKeeper.Children(FLEET_STATE, COMMAND_RECORDING, CACHE_CLEARING));
    var strategies =
        StrategyKeeper.supplier(
            fleet.fallback(),
            fleet.targets(),
            new StrategyKeeper.Children(
                FLEET_STATE,
                COMMAND_RECORDING,
                FLEET_EVENTS,
                parts.eventsConfig().settingsChanged()));
    var failures =
        FailureKeeper.supplier(
            fleet.fallback().skip(), new FailureKeeper.Children(FLEET_STATE, COMMAND_RECORDING));

    var pauses =
        PauseKeeper.supplier(
            fleet.targets(),
            new PauseKeeper.Children(
                FLEET_STATE,
                COMMAND_RECORDING,
                FLEET_EVENTS,
                parts.eventsConfig().settingsChanged()));
    var reports =
        ReportIntake.supplier(
            StoreNames.FALLBACK_REPORTS_AWAITING_SCHEMA,
            fleet.reportDecoder(),
            FallbackReport::getTask);
    var ledger =
        FallbackLedger.supplier(
            fleet.notifications(), new FallbackLedger.Children(FLEET_STATE, NOTIFICATIONS));

    var deskReports =
        ReportIntake.supplier(
            StoreNames.DESK_REPORTS_AWAITING_SCHEMA,
            fleet.deskReportDecoder(),
            DeskReport::getOperationId);
    var replays =
        ReplayCoordinator.supplier(
            fleet.replays(),
            new ReplayCoordinator.Children(DESK_ORDERS, FLEET_STATE, COMMAND_RECORDING));

    source(FLEET_SIGNALS, topics.fleetSignals());
    source(COMMANDS, topics.commands());
    source(FALLBACK_REPORTS, topics.fallbackReports());
    source(DESK_REPORTS_SOURCE, topics.deskReports());
    topology.addProcessor(SIGNAL_INTAKE, signals, FLEET_SIGNALS);
    topology.addProcessor(COMMAND_INTAKE, commands, COMMANDS);
    topology.addProcessor(CIRCUIT_COORDINATOR, circuits, SIGNAL_INTAKE, COMMAND_INTAKE);
    topology.addProcessor(RATE_COORDINATOR, rates, SIGNAL_INTAKE);
    topology.addProcessor(CACHE_KEEPER, cache, SIGNAL_INTAKE, COMMAND_INTAKE);
    topology.addProcessor(STRATEGY_KEEPER, strategies, COMMAND_INTAKE);
    topology.addProcessor(FAILURE_KEEPER, failures, SIGNAL_INTAKE, COMMAND_INTAKE);
    topology.addProcessor(PAUSE_KEEPER, pauses, COMMAND_INTAKE);
    topology.addProcessor(FALLBACK_REPORT_INTAKE, reports, FALLBACK_REPORTS);
    topology.addProcessor(FALLBACK_LEDGER, ledger, FALLBACK_REPORT_INTAKE);
    topology.addProcessor(DESK_REPORT_INTAKE, deskReports, DESK_REPORTS_SOURCE);
    topology.addProcessor(REPLAY_COORDINATOR, replays, COMMAND_INTAKE, DESK_REPORT_INTAKE);
    topology.addProcessor(
        COMMAND_RECORDING,
        CommandRecording.supplier(COMMAND_RESULTS),
        CIRCUIT_COORDINATOR,
        CACHE_KEEPER,
        STRATEGY_KEEPER,
        FAILURE_KEEPER,
        PAUSE_KEEPER,
        REPLAY_COORDINATOR);
    topology.addSink(
        COMMAND_RESULTS,
        topics.commandResults(),
        text,
        fleet.commandResults(),
        COMMAND_INTAKE,
        COMMAND_RECORDING);
    topology.addSink(
        FLEET_STATE,
        topics.fleetState(),
        text,
        fleet.states(),
        CIRCUIT_COORDINATOR,
        RATE_COORDINATOR,
        CACHE_KEEPER,
        STRATEGY_KEEPER,
        FAILURE_KEEPER,
        PAUSE_KEEPER,
        FALLBACK_LEDGER,
        REPLAY_COORDINATOR);
    topology.addSink(NOTIFICATIONS, topics.requests(), text, fleet.requests(), FALLBACK_LEDGER);
    topology.addSink(
        FLEET_EVENTS,
        topics.events(),
        text,
        parts.events(),
        CIRCUIT_COORDINATOR,
        STRATEGY_KEEPER,
        PAUSE_KEEPER);
    topology.addSink(
        CACHE_CLEARING, topics.cachedResults(), text, parts.cachedResults(), CACHE_KEEPER);
    topology.addSink(
        DESK_ORDERS,
        topics.deskOrders(),
        text,
        orders(fleet.deskOrders()),
        AddressedOrder::partitions,
        REPLAY_COORDINATOR);
    topology.connectProcessorAndStateStores(COMMAND_INTAKE, StoreNames.COMMAND_RESULTS_BY_ID);
    topology.connectProcessorAndStateStores(
        REPLAY_COORDINATOR, StoreNames.CIRCUITS, StoreNames.PAUSES);
  }

  private void keepCopies() {
    topology.addGlobalStore(
        FleetStateUpdate.store(),
        FLEET_STATE_SOURCE,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.topics().fleetState(),
        FLEET_STATE_UPDATE,
        FleetStateUpdate.supplier(fleet.stateDecoder(), fleet.news()));
    topology.addGlobalStore(
        CachedResultsUpdate.store(),
        CACHED_RESULTS_SOURCE,
        new ArrivalTimeExtractor(parts.clock()),
        new StringDeserializer(),
        new CachedResultDeserializer(fleet.cachedResultDecoder()),
        parts.topics().cachedResults(),
        CACHED_RESULTS_UPDATE,
        CachedResultsUpdate.supplier(fleet.cachedResults()));
  }

  private static Serializer<AddressedOrder> orders(Serializer<DeskOrder> orders) {
    return (topic, addressed) -> orders.serialize(topic, addressed.order());
  }

  private static CommandRoutes routes() {
    Set<String> names =
        new HashSet<>(
            Set.of(
                "circuit.reset",
                "circuit.force-open",
                "circuit.disable",
                "circuit.configure",
                CacheKeeper.CLEAR,
                StrategyKeeper.SET,
                StrategyKeeper.RESET,
                FailureKeeper.CLEAR,
                PauseKeeper.PAUSE,
                PauseKeeper.RESUME));
    names.addAll(ReplayCoordinator.COMMANDS);
    return new CommandRoutes(
        Map.of(
            "circuit.", CIRCUIT_COORDINATOR,
            "cache.", CACHE_KEEPER,
            "strategies.", STRATEGY_KEEPER,
            "failures.", FAILURE_KEEPER,
            "targets.", PAUSE_KEEPER,
            "replay.", REPLAY_COORDINATOR,
            "letters.", REPLAY_COORDINATOR),
        names);
  }

  private void source(String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }
}
