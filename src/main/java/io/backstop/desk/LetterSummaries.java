package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterSummary;
import java.util.Optional;

/** What lists need of a letter. Whatever a request brought along is cut to a fit size. */
final class LetterSummaries {
  private static final int MAX_REASON = 300;
  private static final int MAX_NAME = 200;

  private LetterSummaries() {}

  static LetterSummary of(DeskLetter kept) {
    DeadLetter letter = kept.getLetter();
    ActionRequest request = letter.getRequest();
    return LetterSummary.newBuilder()
        .setId(letter.getId())
        .setCreatedAt(letter.getCreatedAt())
        .setStatus(kept.getStatus())
        .setReasonCode(letter.getReasonCode())
        .setFailureClass(letter.getFailureClass())
        .setSeverity(kept.getSeverity() == null ? letter.getSeverity() : kept.getSeverity())
        .setFingerprint(kept.getFingerprint())
        .setRequestId(request == null ? null : name(request.getRequestId()))
        .setIdempotencyKey(name(letter.getIdempotencyKey()))
        .setAction(request == null ? null : name(request.getAction()))
        .setSubmitter(request == null ? null : name(request.getSubmitter()))
        .setTarget(target(letter))
        .setAttempts(letter.getAttempts().size())
        .setReason(start(letter.getReason(), MAX_REASON))
        .setOffset(kept.getOffset())
        .setGeneration(letter.getGeneration())
        .setCategory(kept.getCategory())
        .setTags(kept.getTags())
        .build();
  }

  /** The target whose failure decided, else the one that was asked for; null where neither is. */
  static String target(DeadLetter letter) {
    Optional<Attempt> deciding = DecidingAttempt.of(letter);
    if (deciding.isPresent()) {
      return name(deciding.get().getTarget());
    }
    return letter.getRequest() == null ? null : name(letter.getRequest().getAction());
  }

  /** A name as lists have it; null for null. */
  static String name(String whole) {
    return whole == null ? null : start(whole, MAX_NAME);
  }

  private static String start(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splits ? length - 1 : length);
  }
}
