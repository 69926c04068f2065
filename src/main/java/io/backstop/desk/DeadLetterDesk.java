package io.backstop.desk;

import io.backstop.action.DeskReport;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Resubmission;
import io.backstop.action.StoreNames;
import io.backstop.metrics.Metric;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.ReadRecord;
import io.backstop.serde.SchemaParking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where operators find dead letters: puts them on the desk, takes them off when their time is over,
 * and does to them what operations order. Letters and orders are of one node because what one finds
 * on the heap the other has changed.
 */
final class DeadLetterDesk implements Processor<byte[], byte[], byte[], Object> {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDesk.class);
  private static final Duration STEP_INTERVAL = Duration.ofMillis(20);
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);
  private static final Duration REPORT_INTERVAL = Duration.ofMillis(100);

  /** So that the thread is not held up, whatever has expired: 2,000 letters a second. */
  static final int SWEEP_STEP = 200;

  private final DeskNode node;
  private final long retentionMs;
  private ProcessorContext<byte[], Object> context;
  private SchemaParking parking;
  private Desk desk;
  private LetterArrival arrival;
  private OrderLine line;
  private DeskOrders orders;
  private Unreported unreported;

  DeadLetterDesk(DeskNode node) {
    this.node = node;
    this.retentionMs = node.config().retention().toMillis();
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    LettersByTime byTime = new LettersByTime(context.getStateStore(StoreNames.LETTERS_BY_TIME));
    desk =
        new Desk(
            context.getStateStore(StoreNames.LETTERS),
            byTime,
            context.getStateStore(StoreNames.LETTER_GROUPS));
    unreported = new Unreported(context.getStateStore(StoreNames.DESK_UNREPORTED));
    Lineages lineages = new Lineages(desk, unreported);
    parking =
        new SchemaParking(
            context.getStateStore(StoreNames.LETTERS_AWAITING_SCHEMA), node.decoder());
    DeskPosition position = new DeskPosition(context.getStateStore(StoreNames.DESK_POSITION));
    arrival = new LetterArrival(node, desk, lineages, parking, position);
    int partition = context.taskId().partition();
    Readiness readiness = new Readiness(context.getStateStore(StoreNames.LETTERS_IN_READINESS));
    orders =
        new DeskOrders(
            new DeskOperations(context.getStateStore(StoreNames.DESK_OPERATIONS)),
            readiness,
            new Selecting(desk, byTime, readiness, node.resubmitting(), position, partition),
            new Releasing(desk, readiness, lineages, node.resubmitting(), partition, this::send),
            lineages,
            unreported);
    line =
        new OrderLine(
            context.getStateStore(StoreNames.DESK_ORDERS_AWAITING_SCHEMA),
            node.orders().decoder(),
            (read, order) -> guarded(read, now -> count(orders.accept(read, order, now))));
    context.schedule(STEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::step);
    context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    context.schedule(
        REPORT_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> unreported.report(partition, now, report -> report(report, now)));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    OriginalRecord read = ReadRecord.of(record, context.recordMetadata());
    if (read.getTopic().equals(node.orders().topic())) {
      DeskOrders.problem(read)
          .ifPresentOrElse(
              problem -> count(DeskOrders.refused(read, problem)), () -> line.add(read));
    } else {
      guarded(read, now -> arrival.accept(read, now));
    }
  }

  private void step(long now) {
    parking.poll(now, read -> guarded(read, at -> arrival.accept(read, at)));
    line.poll(now);
    orders.step(now);
  }

  /** What can be done at a time. */
  @FunctionalInterface
  private interface Doing {
    void at(long now);
  }

  private void guarded(OriginalRecord read, Doing doing) {
    try {
      doing.at(context.currentSystemTimeMs());
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "record not taken topic={} partition={} offset={}: this is a defect of the desk; the"
              + " record stands on its topic",
          read.getTopic(),
          read.getPartition(),
          read.getOffset(),
          e);
      node.metrics().counter(Metric.DESK_LETTERS, "lost").increment();
    }
  }

  private void count(String outcome) {
    node.metrics().counter(Metric.DESK_ORDERS, outcome).increment();
  }

  private void send(Resubmission resubmission) {
    Record<byte[], Object> record =
        new Record<>(resubmission.key(), resubmission, context.currentSystemTimeMs());
    context.forward(
        record.withHeaders(KafkaHeaders.of(resubmission.headers())), node.orders().resubmissions());
    // live requests behind it on the topic cannot be read before this transaction ends
    context.commit();
  }

  private void report(DeskReport report, long now) {
    byte[] key = report.getOperationId().getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<>(key, report, now), node.orders().reports());
  }

  private void sweep(long now) {
    int swept = desk.removeExpired(now - retentionMs, SWEEP_STEP);
    node.metrics().counter(Metric.DESK_LETTERS, "swept").increment(swept);
  }
}
