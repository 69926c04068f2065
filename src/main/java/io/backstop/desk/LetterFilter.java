package io.backstop.desk;

import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.ReasonCode;
import io.backstop.action.SelectionFilter;
import java.util.Locale;
import java.util.Optional;

/**
 * Which letters a list is to have: those that are all that is given here.
 *
 * @param action of the request
 * @param target whose failure decided
 * @param submitter of the request
 * @param fingerprint of the group
 * @param text anywhere in the first 300 characters of the reason or in an id (of the letter, of the
 *     request, idempotency key), in any case
 */
public record LetterFilter(
    Optional<LetterStatus> status,
    Optional<String> action,
    Optional<String> target,
    Optional<FailureClass> failureClass,
    Optional<ReasonCode> reasonCode,
    Optional<String> submitter,
    Optional<String> fingerprint,
    Optional<String> text) {

  /** Every letter. */
  public static final LetterFilter ALL =
      new LetterFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public LetterFilter {
    action = action.map(LetterSummaries::name);
    target = target.map(LetterSummaries::name);
    submitter = submitter.map(LetterSummaries::name);
    text = text.map(any -> any.toLowerCase(Locale.ROOT));
  }

  /** The same of letters with this status. */
  public LetterFilter withStatus(LetterStatus other) {
    return new LetterFilter(
        Optional.of(other), action, target, failureClass, reasonCode, submitter, fingerprint, text);
  }

  static LetterFilter of(SelectionFilter filter) {
    return new LetterFilter(
        Optional.ofNullable(filter.getStatus()),
        Optional.ofNullable(filter.getAction()),
        Optional.ofNullable(filter.getTarget()),
        Optional.ofNullable(filter.getFailureClass()),
        Optional.ofNullable(filter.getReasonCode()),
        Optional.ofNullable(filter.getSubmitter()),
        Optional.ofNullable(filter.getGroup()),
        Optional.ofNullable(filter.getText()));
  }

  boolean matches(LetterSummary letter) {
    return isOrAny(status, letter.getStatus())
        && isOrAny(action, letter.getAction())
        && isOrAny(target, letter.getTarget())
        && isOrAny(failureClass, letter.getFailureClass())
        && isOrAny(reasonCode, letter.getReasonCode())
        && isOrAny(submitter, letter.getSubmitter())
        && isOrAny(fingerprint, letter.getFingerprint())
        && (text.isEmpty() || hasText(letter, text.get()));
  }

  private static <T> boolean isOrAny(Optional<T> wanted, T value) {
    return wanted.isEmpty() || wanted.get().equals(value);
  }

  private static boolean hasText(LetterSummary letter, String wanted) {
    return contains(letter.getReason(), wanted)
        || contains(letter.getId(), wanted)
        || contains(letter.getRequestId(), wanted)
        || contains(letter.getIdempotencyKey(), wanted);
  }

  private static boolean contains(String value, String wanted) {
    return value != null && value.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
