package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterStatus;
import io.backstop.action.ReplayOutcome;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters that came of each other's replays. Each names the one in which its lineage goes on, and
 * following these names always ends at the lineage's last letter, which names none:
 *
 * <pre>
 *   replayed, failed again:   first -> child
 *   the first opened again:   child -> first
 *   and replayed once more:   child -> first -> second child
 * </pre>
 *
 * <p>Only the last one can have a request under way, and only it is counted in a group. Stream
 * thread only.
 */
final class Lineages {
  private static final Logger LOG = LoggerFactory.getLogger(Lineages.class);

  /** Why a letter that is OPEN is not replayed, for a person. */
  static final String UNDER_WAY = "another replay of its lineage is under way";

  /** No replay command allows so many; letters that somebody else has written might say so. */
  private static final int MOST_STEPS = 1_000;

  private final Desk desk;
  private final Unreported unreported;

  Lineages(Desk desk, Unreported unreported) {
    this.desk = desk;
    this.unreported = unreported;
  }

  /** Whether a lineage ends with this letter, as far as it goes by now. */
  static boolean isLast(DeskLetter letter) {
    return letter.getChildId() == null;
  }

  /** Whether a request that was replayed for this letter has not ended. */
  static boolean isUnderWay(DeskLetter letter) {
    return letter.getStatus() == LetterStatus.REPLAYED && isLast(letter);
  }

  /** Whether a request that was replayed for a letter of its lineage has not ended. */
  boolean isUnderWayAnywhere(DeskLetter letter) {
    return isUnderWay(last(letter));
  }

  /**
   * The same for a letter of other stores.
   *
   * @param letters finds a letter by id
   */
  static boolean isUnderWayAnywhere(
      DeskLetter letter, Function<String, Optional<DeskLetter>> letters) {
    return isUnderWay(last(letter, letters));
  }

  /**
   * Makes a letter the last one of its lineage: it goes on from here. Not while a request is under
   * way.
   *
   * @return the letter, which is still to be put on the desk
   */
  DeskLetter goOnFrom(DeskLetter letter) {
    if (isLast(letter)) {
      return letter;
    }
    DeskLetter last = last(letter);
    if (isLast(last)) {
      desk.change(last, leadingTo(last, id(letter)));
    }
    return DeskLetter.newBuilder(letter).setChildId(null).build();
  }

  /** A request that an operation has replayed has failed again; its letter may be on the desk. */
  void failedAgain(DeadLetter child, long now) {
    unreported.failedAgain(child.getReplayId());
    Optional<DeskLetter> parent = find(child.getParentId());
    if (parent.isEmpty() || child.getParentId().equals(child.getId())) {
      return;
    }
    DeskLetter last = last(parent.get());
    if (isLast(last) && !id(last).equals(child.getId())) {
      desk.change(last, leadingTo(last, child.getId()));
    }
    DeskLetter linked = desk.find(child.getParentId()).orElseThrow();
    String text =
        "its replay of generation %d failed again as %s"
            .formatted(child.getGeneration(), child.getId());
    desk.change(linked, Notes.add(linked, "", text, now));
  }

  /** A request that an operation has replayed has ended without a further letter. */
  void ended(String operationId, ReplayOutcome outcome, long now) {
    Optional<DeskLetter> letter = find(outcome.getLetterId());
    if (letter.isPresent() && hasEnded(letter.get(), outcome)) {
      LOG.debug(
          "outcome known already operation={} letter={} generation={}",
          operationId,
          outcome.getLetterId(),
          outcome.getGeneration());
      return;
    }
    unreported.ended(operationId, outcome);
    if (letter.isPresent() && outcome.getDone()) {
      resolve(letter.get(), operationId, outcome, now);
    } else if (letter.isPresent() && isUnderWay(letter.get())) {
      String text =
          "its replay of generation %d ended as %s without being done: open again"
              .formatted(outcome.getGeneration(), said(outcome));
      change(letter.get(), LetterStatus.OPEN, operationId, text, now);
    }
  }

  /** Outcomes of replays that the letter does not know of are news in any case. */
  private static boolean hasEnded(DeskLetter letter, ReplayOutcome outcome) {
    int known = Math.max(letter.getLetter().getGeneration(), 0) + letter.getReplays();
    return outcome.getGeneration() < known
        || outcome.getGeneration() == known && !isUnderWay(letter);
  }

  private void resolve(DeskLetter letter, String operationId, ReplayOutcome outcome, long now) {
    String text =
        "done: its replay of generation %d ended as %s"
            .formatted(outcome.getGeneration(), said(outcome));
    change(letter, LetterStatus.RESOLVED, operationId, text, now);
    Set<String> seen = new HashSet<>(Set.of(id(letter)));
    Optional<DeskLetter> next = find(letter.getLetter().getParentId());
    while (next.isPresent() && seen.add(id(next.get())) && seen.size() <= MOST_STEPS) {
      DeskLetter ancestor = next.get();
      if (ancestor.getStatus() != LetterStatus.RESOLVED && !isUnderWay(ancestor)) {
        String by = "done: the replay of %s ended well".formatted(id(letter));
        change(ancestor, LetterStatus.RESOLVED, operationId, by, now);
      }
      next = find(ancestor.getLetter().getParentId());
    }
  }

  private void change(
      DeskLetter letter, LetterStatus status, String operationId, String text, long now) {
    DeskLetter changed =
        DeskLetter.newBuilder(letter).setStatus(status).setOperationId(operationId).build();
    desk.change(letter, Notes.add(changed, "", text, now));
  }

  private static String said(ReplayOutcome outcome) {
    return outcome.getSuppressed()
        ? "a duplicate (%s)".formatted(outcome.getStatus())
        : outcome.getStatus().toString();
  }

  /** As far as its lineage is on the desk. */
  private DeskLetter last(DeskLetter letter) {
    return last(letter, desk::find);
  }

  private static DeskLetter last(
      DeskLetter letter, Function<String, Optional<DeskLetter>> letters) {
    DeskLetter last = letter;
    for (int step = 0; step < MOST_STEPS && !isLast(last); step++) {
      Optional<DeskLetter> next = letters.apply(last.getChildId());
      if (next.isEmpty()) {
        return last;
      }
      last = next.get();
    }
    return last;
  }

  private Optional<DeskLetter> find(String id) {
    return id == null ? Optional.empty() : desk.find(id);
  }

  private static DeskLetter leadingTo(DeskLetter letter, String id) {
    return DeskLetter.newBuilder(letter).setChildId(id).build();
  }

  private static String id(DeskLetter letter) {
    return letter.getLetter().getId();
  }
}
