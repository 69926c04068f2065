package io.backstop.cache;

import io.backstop.action.ActionResult;
import io.backstop.action.CachedResult;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps successful results of requests that take part in caching. Sees every outcome, so whatever
 * is not kept costs a comparison or a look-up, and nothing is hashed for it.
 */
public final class ResultCaching
    implements Processor<byte[], TerminalOutcome, String, CachedResult> {
  private final CacheRules rules;
  private final int maxEntryBytes;
  private ProcessorContext<String, CachedResult> context;

  private ResultCaching(CachedResults results) {
    this.rules = results.rules();
    this.maxEntryBytes = results.bounds().entryBytes();
  }

  /** Its child is the sink of the cached results. */
  public static ProcessorSupplier<byte[], TerminalOutcome, String, CachedResult> supplier(
      CachedResults results) {
    return () -> new ResultCaching(results);
  }

  @Override
  public void init(ProcessorContext<String, CachedResult> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], TerminalOutcome> record) {
    if (record.value() instanceof TerminalOutcome.Done done
        && rules.applyTo(done.work().request())
        && isKept(done.result())) {
      keep(done, record.timestamp());
    }
  }

  private boolean isKept(ActionResult result) {
    return result.getStatus() == ResultStatus.SUCCEEDED
        && !result.getFromCache()
        && !result.getExecutedViaFallback()
        && result.getDuplicateOf() == null
        && !result.getResponseTruncated()
        && result.getResponseData() != null
        && result.getResponseData().length() <= maxEntryBytes;
  }

  private void keep(TerminalOutcome.Done done, long now) {
    String key = rules.keyFor(done.work()).orElseThrow().recordKey();
    ActionResult result = done.result();
    CachedResult cached =
        CachedResult.newBuilder()
            .setAction(result.getPrimaryAction())
            .setRequestId(result.getRequestId())
            .setExecutedBy(result.getExecutedBy() == null ? "" : result.getExecutedBy())
            .setResponseData(result.getResponseData())
            .setStoredAt(Instant.ofEpochMilli(now))
            .build();
    if (EntrySize.of(key, cached) <= maxEntryBytes) {
      context.forward(new Record<>(key, cached, now));
    }
  }
}
