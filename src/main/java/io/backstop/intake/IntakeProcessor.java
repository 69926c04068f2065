package io.backstop.intake;

import io.backstop.action.ActionRequest;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.RequestLog;
import io.backstop.action.Traceable;
import io.backstop.intake.RequestValidation.Refusal;
import io.backstop.serde.Decoded;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.WireDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a record into work or into a failure that says what is wrong with it. Nothing that can
 * stand on the topic makes it throw.
 */
final class IntakeProcessor implements Processor<byte[], RawValue, byte[], Object> {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeProcessor.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  private final IntakeNode node;
  private final RequestValidation validation;
  private final WireDecoder<ActionRequest> decoder;
  private ProcessorContext<byte[], Object> context;
  private SchemaParking parking;

  IntakeProcessor(IntakeNode node) {
    this.node = node;
    this.validation =
        new RequestValidation(
            node.shared().targets(), node.shared().config(), node.shared().policyProblems());
    this.decoder = node.shared().decoder();
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    parking = new SchemaParking(context.getStateStore(node.parkingStore()), decoder);
    context.schedule(
        PARKING_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parking.poll(now, original -> accept(original, now)));
  }

  @Override
  public void process(Record<byte[], RawValue> record) {
    OriginalRecord read = Origin.of(record, context.recordMetadata().orElseThrow());
    if (record.key() == null && !node.isBeforeHop()) {
      node.shared().metrics().unkeyedRecord(read.getTopic());
    }
    accept(node.afterHop() ? Origin.beforeHop(read) : read, context.currentSystemTimeMs());
  }

  private void accept(OriginalRecord original, long now) {
    byte[] value = original.getValue() == null ? null : original.getValue().array();
    Optional<Refusal> refusal = validation.ofRecord(original, value, now);
    if (refusal.isPresent()) {
      refuse(original, Optional.empty(), refusal.get(), now);
      return;
    }
    Decoded<ActionRequest> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<ActionRequest> request) {
      acceptRequest(request.value(), original, now);
    } else if (decoded instanceof Decoded.Undecodable<ActionRequest> undecodable) {
      Refusal reason = new Refusal(FailureClass.UNDECODABLE, undecodable.reason());
      refuse(original, Optional.empty(), reason, now);
    } else if (decoded instanceof Decoded.SchemaUnknownYet<ActionRequest> unknown) {
      parking.park(unknown.schemaId(), original, now);
    }
  }

  private void acceptRequest(ActionRequest request, OriginalRecord original, long now) {
    Optional<Refusal> refusal = validation.ofRequest(request, now);
    if (refusal.isPresent()) {
      refuse(original, Optional.of(request), refusal.get(), now);
    } else {
      context.forward(node.onward().record(request, original, now), node.onwardChild());
    }
  }

  private void refuse(
      OriginalRecord original, Optional<ActionRequest> request, Refusal refusal, long now) {
    // without the reason, which may quote the payload: the dead letter has it
    RequestLog.about(
        request.map(ActionRequest::getRequestId).orElse(""),
        RecordHeaders.traceparent(original),
        () ->
            LOG.info(
                "request refused topic={} partition={} offset={} class={}",
                original.getTopic(),
                original.getPartition(),
                original.getOffset(),
                refusal.failureClass()));
    Traceable failure =
        new Failure(
            original,
            request,
            Optional.empty(),
            List.of(),
            refusal.failureClass(),
            refusal.reason());
    byte[] key = RecordHeaders.bytes(original.getKey());
    context.forward(new Record<>(key, failure, now), node.refusedChild());
  }
}
