package io.backstop.executor;

import io.backstop.action.ActionRequest;

/**
 * What a fallback stands in for.
 *
 * @param request as its upstream sent it, before it was converted for the fallback's target
 * @param error why its primary action has failed, for a person
 */
public record PrimaryFailure(ActionRequest request, String error) {}
