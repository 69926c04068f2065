package io.backstop.execution;

import io.backstop.action.FallbackRule;
import io.backstop.action.PayloadConversion;
import io.backstop.action.QueueDepth;
import io.backstop.action.ServiceHealth;
import io.backstop.config.ParkingConfig;

/** What is needed to go on after a failure. Shared by all tasks of the process. */
public record Fallbacks(
    FallbackRule rule,
    PayloadConversion conversion,
    ServiceHealth health,
    ParkingConfig parking,
    QueueDepth queueDepth) {}
