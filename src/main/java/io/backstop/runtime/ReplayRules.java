package io.backstop.runtime;

import io.backstop.config.Policies;
import io.backstop.desk.Resubmitting;

/**
 * What a replay of dead letters meets in an instance. Thread-safe.
 *
 * @param resubmitting what would be sent in
 * @param policies under which targets are called, as commands have changed them
 */
public record ReplayRules(Resubmitting resubmitting, Policies policies) {}
