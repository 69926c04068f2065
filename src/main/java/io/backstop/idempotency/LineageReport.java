package io.backstop.idempotency;

import io.backstop.action.DeskOrder;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Traceable;

/**
 * What a desk is told about a replayed request.
 *
 * @param original the record of that request
 * @param desk partition of the desk
 */
public record LineageReport(OriginalRecord original, int desk, DeskOrder order)
    implements Traceable {}
