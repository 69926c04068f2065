package io.backstop.intake;

import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.config.IntakeConfig;
import io.backstop.executor.Targets;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.WireDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The node where records enter: either straight on to the idempotency check, or, where upstreams
 * cannot promise a record key, first by one hop to the partition of the idempotency key.
 *
 * @param onward makes the record that goes on
 * @param onwardChild where requests go
 * @param refusedChild where failures go
 * @param afterHop whether records arrive by the hop, so that their headers hold their origin
 * @param parkingStore where records wait for their schema
 */
public record IntakeNode(
    Shared shared,
    Onward onward,
    String onwardChild,
    String refusedChild,
    boolean afterHop,
    String parkingStore)
    implements ProcessorSupplier<byte[], RawValue, byte[], Object> {

  /** Makes the record that carries a request on. */
  @FunctionalInterface
  interface Onward {
    Record<byte[], Object> record(ActionRequest request, OriginalRecord original, long now);
  }

  /**
   * What every intake of one processor shares.
   *
   * @param policyProblems what is wrong with the policy of a request, one sentence each
   */
  public record Shared(
      Targets targets,
      IntakeConfig config,
      WireDecoder<ActionRequest> decoder,
      Function<ActionRequest, List<String>> policyProblems,
      ActionMetrics metrics) {

    /**
     * Why a request would not be let in at {@code now}: one sentence naming the field and the mend.
     * Thread-safe.
     *
     * @param carrier the record that would carry it
     */
    public Optional<String> problem(OriginalRecord carrier, ActionRequest request, long now) {
      RequestValidation validation = new RequestValidation(targets, config, policyProblems);
      return validation
          .ofRecord(carrier, RecordHeaders.bytes(carrier.getValue()), now)
          .or(() -> validation.ofRequest(request, now))
          .map(RequestValidation.Refusal::reason);
    }
  }

  /** Records that go on as {@link Work}. */
  public static IntakeNode admitting(
      Shared shared, boolean afterHop, String onwardChild, String refusedChild) {
    return new IntakeNode(
        shared, IntakeNode::work, onwardChild, refusedChild, afterHop, StoreNames.AWAITING_SCHEMA);
  }

  /** Records that go on as they are, keyed by their idempotency key. */
  public static IntakeNode hopping(Shared shared, String onwardChild, String refusedChild) {
    return new IntakeNode(
        shared,
        IntakeNode::rekeyed,
        onwardChild,
        refusedChild,
        false,
        StoreNames.AWAITING_SCHEMA_BEFORE_HOP);
  }

  /** Whether the hop will bring duplicates together, so that no record needs a key of its own. */
  boolean isBeforeHop() {
    return parkingStore.equals(StoreNames.AWAITING_SCHEMA_BEFORE_HOP);
  }

  @Override
  public Processor<byte[], RawValue, byte[], Object> get() {
    return new IntakeProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(SchemaParking.store(parkingStore));
  }

  private static Record<byte[], Object> work(
      ActionRequest request, OriginalRecord original, long now) {
    Work work = Work.of(request, IdempotencyKey.of(request), original, now);
    return new Record<>(RecordHeaders.bytes(original.getKey()), work, now);
  }

  private static Record<byte[], Object> rekeyed(
      ActionRequest request, OriginalRecord original, long now) {
    Headers headers = KafkaHeaders.of(original);
    Origin.stamp(headers, original);
    byte[] key = IdempotencyKey.of(request).getBytes(StandardCharsets.UTF_8);
    return new Record<>(key, RecordHeaders.bytes(original.getValue()), now, headers);
  }
}
