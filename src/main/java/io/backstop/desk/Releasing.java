package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskOperation;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.PassedOver;
import io.backstop.action.ReadyLetter;
import io.backstop.action.Resubmission;
import io.backstop.desk.Resubmitting.Verdict;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the oldest that an operation has in readiness, a step at a time: what is done to a
 * letter, what is sent in for it and what is reported of it are of one transaction. Stream thread
 * only.
 */
final class Releasing {
  private static final Logger LOG = LoggerFactory.getLogger(Releasing.class);

  /** Of small letters; of large ones fewer. Live requests of the same thread wait for a step. */
  static final int STEP = 50;

  private static final int BYTES = 40_000;

  private final Desk desk;
  private final Readiness readiness;
  private final Lineages lineages;
  private final Changes changes;
  private final Resubmitting resubmitting;
  private final int partition;
  private final Consumer<Resubmission> sending;

  /**
   * @param sending writes what is sent in
   */
  Releasing(
      Desk desk,
      Readiness readiness,
      Lineages lineages,
      Resubmitting resubmitting,
      int partition,
      Consumer<Resubmission> sending) {
    this.desk = desk;
    this.readiness = readiness;
    this.lineages = lineages;
    this.changes = new Changes(lineages);
    this.resubmitting = resubmitting;
    this.partition = partition;
    this.sending = sending;
  }

  /** The operation one step further; {@code unreported} gets to know what was done. */
  DeskOperation step(String id, DeskOperation operation, Unreported unreported, long now) {
    long toRelease = operation.getToRelease();
    long count = operation.getCount();
    long changed = 0;
    Map<String, Long> passedOver = new HashMap<>();
    try (KeyValueIterator<Bytes, ReadyLetter> oldest = readiness.oldest(id)) {
      int left = STEP;
      while (toRelease > 0 && left > 0 && oldest.hasNext()) {
        KeyValue<Bytes, ReadyLetter> next = oldest.next();
        readiness.take(id, next);
        toRelease--;
        count--;
        try {
          left -= guarded(next.value, id, operation.getPlan(), now);
          changed++;
        } catch (LeftAlone e) {
          left--;
          passedOver.merge(e.why().name(), 1L, Long::sum);
          LOG.debug("letter left operation={} letter={} why={}", id, next.value.getLetterId(), e);
        }
      }
      if (!oldest.hasNext()) {
        unreported.lost(id, PassedOver.GONE, toRelease);
        toRelease = 0;
        count = 0;
      }
    }
    unreported.released(id, changed, passedOver);
    return DeskOperation.newBuilder(operation).setToRelease(toRelease).setCount(count).build();
  }

  /** A defect that one letter meets must not hold up the others, nor be taken for work to come. */
  private int guarded(ReadyLetter ready, String id, OperationPlan plan, long now) {
    try {
      return release(ready, id, plan, now);
    } catch (KafkaException | LeftAlone e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("letter cannot be worked on operation={} letter={}", id, ready.getLetterId(), e);
      throw LeftAlone.invalid("it cannot be worked on (%s): this is a defect".formatted(e));
    }
  }

  /** What it has cost. */
  private int release(ReadyLetter ready, String id, OperationPlan plan, long now) {
    if (ready.getOriginal() != null) {
      Verdict.Ready verdict = verdict(StagedRequest.asLetter(ready.getOriginal()), id, plan, now);
      sending.accept(verdict.resubmission());
      return cost(ready.getOriginal().getValue());
    }
    DeskLetter letter =
        desk.find(ready.getLetterId())
            .orElseThrow(() -> new LeftAlone(PassedOver.GONE, "it is not on the desk any more"));
    if (plan.getKind() == OperationKind.REPLAY) {
      replay(letter, id, plan, now);
    } else {
      desk.change(letter, changes.apply(plan, id, letter, now));
    }
    return cost(letter.getLetter().getOriginal().getValue());
  }

  private void replay(DeskLetter letter, String id, OperationPlan plan, long now) {
    if (letter.getStatus() != LetterStatus.OPEN) {
      throw new LeftAlone(PassedOver.CHANGED, "it is " + letter.getStatus() + " by now");
    } else if (lineages.isUnderWayAnywhere(letter)) {
      throw new LeftAlone(PassedOver.CHANGED, Lineages.UNDER_WAY);
    }
    Resubmission resubmission = verdict(letter, id, plan, now).resubmission();
    DeskLetter replayed =
        DeskLetter.newBuilder(lineages.goOnFrom(letter))
            .setStatus(LetterStatus.REPLAYED)
            .setReplays(letter.getReplays() + 1)
            .setOperationId(id)
            .build();
    int generation = Lineage.of(resubmission.headers()).map(Lineage::generation).orElse(0);
    String text = Changes.said("replayed as generation " + generation, plan);
    desk.change(letter, Notes.add(replayed, plan.getActor(), text, now));
    sending.accept(resubmission);
  }

  private Verdict.Ready verdict(DeskLetter letter, String id, OperationPlan plan, long now) {
    Verdict verdict = resubmitting.of(letter, plan, id, partition, now);
    if (verdict instanceof Verdict.Left left) {
      throw new LeftAlone(left.why(), left.message());
    }
    return (Verdict.Ready) verdict;
  }

  private static int cost(ByteBuffer value) {
    return 1 + (value == null ? 0 : value.remaining() / BYTES);
  }
}
