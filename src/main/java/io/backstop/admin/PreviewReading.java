package io.backstop.admin;

import io.backstop.action.DeskLetter;
import io.backstop.action.LetterSummary;
import io.backstop.action.Lineage;
import io.backstop.action.OperationPlan;
import io.backstop.action.StoreNames;
import io.backstop.desk.DeskPosition;
import io.backstop.desk.DeskReader;
import io.backstop.desk.LetterPage;
import io.backstop.desk.LetterQuery;
import io.backstop.desk.Resubmitting;
import io.backstop.desk.Resubmitting.Verdict.Left;
import io.backstop.desk.Resubmitting.Verdict.Ready;
import io.backstop.runtime.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Previews the letters of one partition: what its desk would make of them. Whether they are done
 * already, and how their targets are, is not known here.
 */
final class PreviewReading {
  /** Stands for the operation that there is none of yet. */
  private static final String PREVIEW = "preview";

  private final Resubmitting resubmitting;
  private final OperationPlan plan;
  private final long now;

  PreviewReading(Resubmitting resubmitting, OperationPlan plan, long now) {
    this.resubmitting = resubmitting;
    this.plan = plan;
    this.now = now;
  }

  /**
   * @param cutOff of this partition; empty for where its desk is now
   */
  PreviewPage page(int partition, Stores.Part part, LetterQuery query, Optional<Long> cutOff) {
    // first, so that no letter that arrives meanwhile is among them
    long before = cutOff.orElseGet(() -> DeskPosition.of(part.store(StoreNames.DESK_POSITION)));
    DeskReader reader = reader(part);
    LetterPage page = reader.list(query, before);
    List<PreviewedLetter> letters = new ArrayList<>();
    for (LetterSummary each : page.letters()) {
      letters.add(
          reader
              .find(each.getId())
              .map(kept -> previewed(reader, each, kept, partition))
              .orElseGet(() -> left(each, Verdict.GONE, "it is not on the desk any more")));
    }
    return new PreviewPage(letters, page.next(), Map.of(partition, before));
  }

  /** Of single letters, those that this partition has. */
  PreviewPage letters(int partition, Stores.Part part, List<String> ids) {
    DeskReader reader = reader(part);
    List<PreviewedLetter> letters = new ArrayList<>();
    for (String id : ids) {
      Optional<DeskLetter> kept = reader.find(id);
      if (kept.isPresent()) {
        letters.add(previewed(reader, DeskReader.summary(kept.get()), kept.get(), partition));
      }
    }
    return new PreviewPage(letters, Optional.empty(), Map.of());
  }

  private PreviewedLetter previewed(
      DeskReader reader, LetterSummary letter, DeskLetter kept, int partition) {
    Optional<String> why = reader.whyNotReplayed(kept);
    if (why.isPresent()) {
      return left(letter, Verdict.CHANGED, why.get());
    }
    Resubmitting.Verdict verdict = resubmitting.of(kept, plan, PREVIEW, partition, now);
    if (verdict instanceof Ready ready) {
      OptionalInt generation =
          Lineage.of(ready.resubmission().headers())
              .map(each -> OptionalInt.of(each.generation()))
              .orElseGet(OptionalInt::empty);
      return new PreviewedLetter(
          letter, Verdict.WOULD_EXECUTE, "", Optional.of(ready.target()), generation);
    }
    Left left = (Left) verdict;
    return left(letter, Verdict.valueOf(left.why().name()), left.message());
  }

  private static PreviewedLetter left(LetterSummary letter, Verdict verdict, String message) {
    return new PreviewedLetter(letter, verdict, message, Optional.empty(), OptionalInt.empty());
  }

  private static DeskReader reader(Stores.Part part) {
    return new DeskReader(
        part.store(StoreNames.LETTERS),
        part.store(StoreNames.LETTERS_BY_TIME),
        part.store(StoreNames.LETTER_GROUPS));
  }
}
