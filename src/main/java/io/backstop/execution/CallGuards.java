package io.backstop.execution;

import io.backstop.action.CallRate;
import io.backstop.action.CircuitGate;
import io.backstop.action.ResultCache;
import io.backstop.action.RetryRule;
import io.backstop.config.Policies;
import java.util.function.Function;

/**
 * What stands between a request and its call, each by scope: a service, or a target with settings
 * of its own. Shared by all tasks of the process.
 */
public record CallGuards(
    Policies policies,
    Function<String, CircuitGate> circuits,
    Function<String, CallRate> rates,
    Function<String, RetryRule> retries,
    ResultCache cache,
    Fallbacks fallbacks) {}
