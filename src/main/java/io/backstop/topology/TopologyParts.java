package io.backstop.topology;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionResult;
import io.backstop.action.CachedResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskReport;
import io.backstop.action.FallbackReport;
import io.backstop.config.EventsConfig;
import io.backstop.config.IdempotencyConfig;
import io.backstop.config.IntakeConfig.Partitioning;
import io.backstop.desk.DeskNode;
import io.backstop.execution.ExecutionNode;
import io.backstop.intake.IntakeNode;
import io.backstop.metrics.ActionMetrics;
import io.backstop.statistics.FallbackReporting;
import java.time.Clock;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the topology is put together from.
 *
 * @param results thread-safe
 * @param letters thread-safe
 * @param clock tells the time of arrival
 */
public record TopologyParts(
    Topics topics,
    Partitioning partitioning,
    IntakeNode.Shared intake,
    IdempotencyConfig idempotency,
    ExecutionNode execution,
    FallbackParts fallbacks,
    ActionMetrics metrics,
    Serializer<ActionResult> results,
    Serializer<DeadLetter> letters,
    Serializer<ActionEvent> events,
    Serializer<CachedResult> cachedResults,
    EventsConfig eventsConfig,
    FallbackReporting.Shared reporting,
    Serializer<FallbackReport> reports,
    FleetParts fleet,
    DeskNode desk,
    Serializer<DeskReport> deskReports,
    Clock clock) {

  /** The same with results written in another way. */
  TopologyParts withResults(Serializer<ActionResult> other) {
    return new TopologyParts(
        topics,
        partitioning,
        intake,
        idempotency,
        execution,
        fallbacks,
        metrics,
        other,
        letters,
        events,
        cachedResults,
        eventsConfig,
        reporting,
        reports,
        fleet,
        desk,
        deskReports,
        clock);
  }
}
