package io.backstop.desk;

import io.backstop.action.DeskOperation;
import io.backstop.action.DeskOrder;
import io.backstop.action.LetterLimits;
import io.backstop.action.LetterSet;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PassedOver;
import io.backstop.action.ReadyLetter;
import io.backstop.action.RecordHeaders;
import io.backstop.action.SelectLetters;
import io.backstop.action.SelectedLetters;
import io.backstop.serde.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operations order, in steps so small that the letters that come in meanwhile need
 * not wait. Stream thread only.
 */
final class DeskOrders {
  private static final Logger LOG = LoggerFactory.getLogger(DeskOrders.class);
  private static final long STAGED_MS = Duration.ofHours(1).toMillis();
  private static final int REMOVED_AT_ONCE = 1_000;
  private static final int LONGEST_ID = 400;

  private final DeskOperations operations;
  private final Readiness readiness;
  private final Selecting selecting;
  private final Releasing releasing;
  private final Lineages lineages;
  private final Unreported unreported;

  DeskOrders(
      DeskOperations operations,
      Readiness readiness,
      Selecting selecting,
      Releasing releasing,
      Lineages lineages,
      Unreported unreported) {
    this.operations = operations;
    this.readiness = readiness;
    this.selecting = selecting;
    this.releasing = releasing;
    this.lineages = lineages;
    this.unreported = unreported;
  }

  /** Why a record cannot even be kept. */
  static Optional<String> problem(OriginalRecord read) {
    int size = RecordHeaders.sizeAroundValue(read);
    size += read.getValue() == null ? 0 : read.getValue().remaining();
    return size > LetterLimits.MOST_BYTES
        ? Optional.of("it has %,d bytes, more than any letter".formatted(size))
        : Optional.empty();
  }

  /**
   * @return what became of it, for the metrics
   */
  String accept(OriginalRecord read, Decoded<DeskOrder> decoded, long now) {
    if (!(decoded instanceof Decoded.Value<DeskOrder> order)) {
      return refused(read, ((Decoded.Undecodable<DeskOrder>) decoded).reason());
    }
    int id = order.value().getOperationId().length();
    if (id == 0 || id > LONGEST_ID) {
      return refused(read, "its operationId has %,d characters".formatted(id));
    }
    return carryOut(order.value(), now) ? "taken" : "ignored";
  }

  static String refused(OriginalRecord read, String reason) {
    LOG.warn(
        "desk order unreadable topic={} partition={} offset={} reason={}",
        read.getTopic(),
        read.getPartition(),
        read.getOffset(),
        reason);
    return "unreadable";
  }

  private boolean carryOut(DeskOrder order, long now) {
    String id = order.getOperationId();
    if (order.getOutcome() != null) {
      lineages.ended(id, order.getOutcome(), now);
      return true;
    } else if (order.getSelect() != null) {
      return select(id, order.getSelect(), now);
    } else if (order.getStaged() != null) {
      return stage(id, order.getStaged(), now);
    }
    Optional<DeskOperation> operation = operations.find(id);
    if (operation.isEmpty() || operation.get().getEnded()) {
      // forgotten, or given up: whoever has released letters must not wait for them
      unreported.lost(id, PassedOver.GONE, order.getRelease());
      return false;
    }
    DeskOperation.Builder changed = DeskOperation.newBuilder(operation.get());
    if (order.getEnd()) {
      operations.put(id, changed.setEnded(true).build());
    } else if (order.getRelease() > 0) {
      operations.put(
          id, changed.setToRelease(operation.get().getToRelease() + order.getRelease()).build());
      release(id, now);
    }
    return true;
  }

  private boolean select(String id, SelectLetters order, long now) {
    Optional<DeskOperation> known = operations.find(id);
    if (known.isPresent() && known.get().getPlan() != null) {
      LOG.info("selected already operation={}", id);
      return false;
    }
    operations.put(
        id,
        DeskOperation.newBuilder()
            .setAt(Instant.ofEpochMilli(now))
            .setPlan(order.getPlan())
            .setSelection(order.getSelection())
            .build());
    return true;
  }

  private boolean stage(String id, OriginalRecord original, long now) {
    Optional<DeskOperation> known = operations.find(id);
    if (known.isPresent() && (known.get().getPlan() != null || known.get().getEnded())) {
      LOG.warn("staged too late operation={} request={}", id, StagedRequest.id(original));
      return false;
    }
    operations.put(id, DeskOperation.newBuilder().setAt(Instant.ofEpochMilli(now)).build());
    return readiness.add(
        id,
        Math.max(original.getTimestamp(), 0),
        StagedRequest.id(original),
        ReadyLetter.newBuilder().setOriginal(original).build());
  }

  /** One step for the operation whose turn it is. */
  void step(long now) {
    operations
        .next(operation -> hasWork(operation, now))
        .ifPresent(id -> guarded(id, operations.find(id).orElseThrow(), now));
  }

  /** A defect that one operation meets must not hold up the others, nor the letters. */
  private void guarded(String id, DeskOperation operation, long now) {
    try {
      step(id, operation, now);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("operation given up operation={}: this is a defect of the desk", id, e);
      giveUp(id, operation, e);
    }
  }

  /** Says so, because the operation goes on only when this desk has answered. */
  private void giveUp(String id, DeskOperation operation, RuntimeException why) {
    if (operation.getSelection() != null) {
      String problem =
          "a desk failed when it looked for the letters (%s): this is a defect, its log has more";
      LetterSet none = LetterSet.EMPTY;
      unreported.selected(
          id, new SelectedLetters(none.count(), none.hash(), Map.of(), problem.formatted(why)));
    } else {
      unreported.lost(id, PassedOver.INVALID, operation.getToRelease());
    }
    operations.put(id, DeskOperation.newBuilder(operation).setToRelease(0).setEnded(true).build());
  }

  private boolean hasWork(DeskOperation operation, long now) {
    return operation.getEnded()
        || operation.getSelection() != null && selecting.mayBegin(operation, now)
        || operation.getToRelease() > 0 && operation.getPlan() != null
        || isForgotten(operation, now);
  }

  private static boolean isForgotten(DeskOperation operation, long now) {
    return operation.getPlan() == null && operation.getAt().toEpochMilli() < now - STAGED_MS;
  }

  private void step(String id, DeskOperation operation, long now) {
    if (operation.getEnded() || isForgotten(operation, now)) {
      forget(id, operation);
    } else if (operation.getSelection() != null) {
      select(id, operation, now);
    } else {
      release(id, now);
    }
  }

  private void forget(String id, DeskOperation operation) {
    if (readiness.remove(id, REMOVED_AT_ONCE)) {
      operations.remove(id);
    } else if (!operation.getEnded()) {
      operations.put(id, DeskOperation.newBuilder(operation).setEnded(true).build());
    }
  }

  private void select(String id, DeskOperation operation, long now) {
    DeskOperation next = selecting.step(id, operation, now);
    if (next.getSelection() == null) {
      unreported.selected(id, selecting.selected(next));
      next = DeskOperation.newBuilder(next).setHash(null).setEnded(next.getCount() == 0).build();
    }
    operations.put(id, next);
  }

  private void release(String id, long now) {
    DeskOperation operation = operations.find(id).orElseThrow();
    boolean isReady =
        operation.getPlan() != null && operation.getSelection() == null && !operation.getEnded();
    if (isReady && operation.getToRelease() > 0) {
      DeskOperation next = releasing.step(id, operation, unreported, now);
      operations.put(id, DeskOperation.newBuilder(next).setEnded(next.getCount() == 0).build());
    }
  }
}
