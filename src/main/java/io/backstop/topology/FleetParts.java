package io.backstop.topology;

import io.backstop.action.ActionRequest;
import io.backstop.action.CachedResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.FallbackReport;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.HealthProbe;
import io.backstop.cache.CachedResults;
import io.backstop.config.FallbackConfig;
import io.backstop.config.Policies;
import io.backstop.executor.Targets;
import io.backstop.replay.ReplayCoordinator;
import io.backstop.serde.WireDecoder;
import io.backstop.statistics.Notifications;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the part of the topology is put together from in which the fleet decides.
 *
 * @param news who in this process is told
 * @param healthProbes the health call of a scope, where it has one
 * @param knownScope whether there is such a service, or target with settings of its own
 * @param maxPause longest pause that a service can cause
 * @param targets what strategies may name
 */
record FleetParts(
    Policies policies,
    Map<FleetKey, FleetNews> news,
    CachedResults cachedResults,
    Function<String, Optional<HealthProbe>> healthProbes,
    Predicate<String> knownScope,
    Duration maxPause,
    FallbackConfig fallback,
    Targets targets,
    Notifications notifications,
    ReplayCoordinator.Rules replays,
    Serializer<FleetState> states,
    Serializer<CommandResult> commandResults,
    Serializer<ActionRequest> requests,
    Serializer<DeskOrder> deskOrders,
    WireDecoder<FleetSignal> signalDecoder,
    WireDecoder<Command> commandDecoder,
    WireDecoder<FallbackReport> reportDecoder,
    WireDecoder<DeskReport> deskReportDecoder,
    WireDecoder<FleetState> stateDecoder,
    WireDecoder<CachedResult> cachedResultDecoder) {}
