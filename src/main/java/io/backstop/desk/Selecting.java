package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskOperation;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterSummary;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ReadyLetter;
import io.backstop.action.SelectedLetters;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Looks for the letters of an operation, a step at a time, and puts them in readiness. Where it is
 * stands in the operation, so that another owner of the task goes on there. Stream thread only.
 */
final class Selecting {
  /**
   * What one step looks at: so many summaries, or a quarter of as many whole letters. Live requests
   * of the same thread wait for a step; with 2,000 those at the beginning of a replay took 0.7 s.
   */
  static final int STEP = 400;

  private static final int LETTER = 4;
  private static final int BYTES = 4_096;
  private static final int MOST_TARGETS = 100;
  private static final long CATCHING_UP_MS = 10_000;

  private final Desk desk;
  private final LettersByTime byTime;
  private final Readiness readiness;
  private final Resubmitting resubmitting;
  private final DeskPosition deskPosition;
  private final int partition;

  Selecting(
      Desk desk,
      LettersByTime byTime,
      Readiness readiness,
      Resubmitting resubmitting,
      DeskPosition deskPosition,
      int partition) {
    this.desk = desk;
    this.byTime = byTime;
    this.readiness = readiness;
    this.resubmitting = resubmitting;
    this.deskPosition = deskPosition;
    this.partition = partition;
  }

  /** What one step has come to. */
  private final class Step {
    private final String id;
    private final DeskOperation operation;
    private final long now;
    private final Map<String, Long> targets;
    private LetterSet found;
    private int left = STEP;

    Step(String id, DeskOperation operation, long now) {
      this.id = id;
      this.operation = operation;
      this.now = now;
      this.targets = new HashMap<>(operation.getTargets());
      this.found =
          operation.getHash() == null
              ? LetterSet.EMPTY
              : LetterSet.of(operation.getCount(), operation.getHash());
    }

    private OperationPlan plan() {
      return operation.getPlan();
    }

    private void spend(DeskLetter letter) {
      ByteBuffer value = letter.getLetter().getOriginal().getValue();
      left -= LETTER + (value == null ? 0 : value.remaining() / BYTES);
    }

    private void found(LetterSummary summary) {
      if (ready(summary.getId(), summary.getCreatedAt().toEpochMilli())) {
        count(summary.getId(), () -> target(summary));
      }
    }

    private void found(DeskLetter letter) {
      String letterId = letter.getLetter().getId();
      if (ready(letterId, letter.getLetter().getCreatedAt().toEpochMilli())) {
        count(letterId, () -> target(letter));
      }
    }

    private boolean ready(String letterId, long createdAt) {
      ReadyLetter letter = ReadyLetter.newBuilder().setLetterId(letterId).build();
      return readiness.add(id, createdAt, letterId, letter);
    }

    private void count(String name, Supplier<Optional<String>> target) {
      found = found.with(name);
      if (plan().getKind() == OperationKind.REPLAY) {
        target
            .get()
            .filter(each -> targets.containsKey(each) || targets.size() < MOST_TARGETS)
            .ifPresent(each -> targets.merge(each, 1L, Long::sum));
      }
    }

    private Optional<String> target(LetterSummary summary) {
      if (plan().getTo() != null) {
        return Optional.of(plan().getTo());
      } else if (summary.getAction() != null && !plan().getOnlyFailedStep()) {
        return Optional.of(summary.getAction());
      }
      Optional<DeskLetter> letter = desk.find(summary.getId());
      letter.ifPresent(this::spend);
      return letter.flatMap(this::target);
    }

    /** Where it would be sent now; nothing is known of what would not be sent anywhere. */
    private Optional<String> target(DeskLetter letter) {
      Resubmitting.Verdict verdict = resubmitting.of(letter, plan(), id, partition, now);
      return verdict instanceof Resubmitting.Verdict.Ready ready
          ? Optional.of(ready.target())
          : Optional.empty();
    }

    private DeskOperation.Builder result() {
      return DeskOperation.newBuilder(operation)
          .setCount(found.count())
          .setHash(found.hash())
          .setTargets(targets);
    }

    private DeskOperation at(byte[] position) {
      return result().setPosition(ByteBuffer.wrap(position)).build();
    }

    private DeskOperation done() {
      return result().setSelection(null).setPosition(null).build();
    }
  }

  /**
   * Whether its letters can be looked for now. Whoever pins a selection by what stands on the topic
   * may be ahead of the desk, which gets some time to catch up; offsets that hold no letter are
   * never caught up with.
   */
  boolean mayBegin(DeskOperation operation, long now) {
    Selection selection = operation.getSelection();
    Long cutOff =
        selection.getFilter() == null
            ? null
            : selection.getCutOff().get(Integer.toString(partition));
    return cutOff == null
        || deskPosition.isAt(cutOff)
        || operation.getAt().toEpochMilli() < now - CATCHING_UP_MS;
  }

  /** The operation one step further; without a selection when all letters have been looked for. */
  DeskOperation step(String id, DeskOperation operation, long now) {
    Selection selection = operation.getSelection();
    Step step = new Step(id, operation, now);
    if (problem(operation).isPresent()) {
      return step.done();
    } else if (selection.getStaged()) {
      return amongStaged(step);
    } else if (selection.getFilter() != null) {
      return byFilter(step, selection);
    }
    return byIds(step, selection.getIds());
  }

  /** What is to be told when it is done. */
  SelectedLetters selected(DeskOperation operation) {
    LetterSet found =
        operation.getHash() == null
            ? LetterSet.EMPTY
            : LetterSet.of(operation.getCount(), operation.getHash());
    return SelectedLetters.newBuilder()
        .setCount(found.count())
        .setHash(found.hash())
        .setTargets(operation.getTargets())
        .setProblem(problem(operation).orElse(null))
        .build();
  }

  /** Why the plan cannot be carried out. */
  Optional<String> problem(DeskOperation operation) {
    OperationPlan plan = operation.getPlan();
    return Changes.problem(plan).or(() -> resubmitting.problem(plan));
  }

  private DeskOperation byFilter(Step step, Selection selection) {
    Long cutOff = selection.getCutOff().get(Integer.toString(partition));
    if (cutOff == null) {
      return step.done();
    }
    SelectionFilter wanted = selection.getFilter();
    LetterFilter filter = LetterFilter.of(wanted);
    ByteBuffer position = step.operation.getPosition();
    Bytes last = position == null ? null : Bytes.wrap(bytes(position));
    try (KeyValueIterator<Bytes, LetterSummary> letters = byTime.after(wanted.getStatus(), last)) {
      while (letters.hasNext() && step.left > 0) {
        KeyValue<Bytes, LetterSummary> next = letters.next();
        last = next.key;
        step.left--;
        LetterSummary letter = next.value;
        if (letter.getOffset() < cutOff && isInTime(wanted, letter) && filter.matches(letter)) {
          step.found(letter);
        }
      }
      return letters.hasNext() ? step.at(last.get()) : step.done();
    }
  }

  private static boolean isInTime(SelectionFilter wanted, LetterSummary letter) {
    return (wanted.getFrom() == null || !letter.getCreatedAt().isBefore(wanted.getFrom()))
        && (wanted.getTo() == null || letter.getCreatedAt().isBefore(wanted.getTo()));
  }

  private DeskOperation byIds(Step step, List<String> ids) {
    ByteBuffer position = step.operation.getPosition();
    int next = position == null ? 0 : position.duplicate().getInt();
    for (; next < ids.size() && step.left > 0; next++) {
      step.left--;
      Optional<DeskLetter> letter = desk.find(ids.get(next));
      letter.ifPresent(step::spend);
      letter.ifPresent(step::found);
    }
    return next < ids.size()
        ? step.at(ByteBuffer.allocate(Integer.BYTES).putInt(0, next).array())
        : step.done();
  }

  private DeskOperation amongStaged(Step step) {
    ByteBuffer position = step.operation.getPosition();
    Bytes last = position == null ? null : Bytes.wrap(bytes(position));
    try (KeyValueIterator<Bytes, ReadyLetter> staged = readiness.after(step.id, last)) {
      while (staged.hasNext() && step.left > 0) {
        KeyValue<Bytes, ReadyLetter> next = staged.next();
        last = next.key;
        OriginalRecord original = next.value.getOriginal();
        DeskLetter asLetter = StagedRequest.asLetter(original);
        step.spend(asLetter);
        step.count(StagedRequest.id(original), () -> step.target(asLetter));
      }
      return staged.hasNext() ? step.at(last.get()) : step.done();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
