package io.backstop.execution;

import io.backstop.action.CallRate;
import io.backstop.action.CircuitGate;
import io.backstop.action.ResultCache;
import io.backstop.action.RetryRule;
import io.backstop.config.Policies;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What stands between a request and its call, each by scope: a service, or a target with settings
 * of its own. Shared by all tasks of the process.
 *
 * @param pausedTargets whether no call to a target may be started now
 */
public record CallGuards(
    Policies policies,
    Function<String, CircuitGate> circuits,
    Function<String, CallRate> rates,
    Function<String, RetryRule> retries,
    Predicate<String> pausedTargets,
    ResultCache cache,
    Fallbacks fallbacks) {}
