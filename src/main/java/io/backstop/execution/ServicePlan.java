package io.backstop.execution;

import io.backstop.config.ServiceConfig;
import io.backstop.executor.auth.Credentials;
import java.time.Duration;

/**
 * How one service is called: its settings, credentials, timeout and the slots that all tasks of the
 * process share.
 */
record ServicePlan(
    String name,
    ServiceConfig config,
    Credentials credentials,
    Duration timeout,
    ServiceSlots slots) {}
