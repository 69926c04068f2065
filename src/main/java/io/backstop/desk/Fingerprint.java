package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What alike failures have in common.
 *
 * @param target whose failure decided; null where none is known
 * @param message with signs for what differs
 */
record Fingerprint(String target, FailureClass failureClass, String message) {
  private static final int HASH_BYTES = 8;

  static Fingerprint of(DeadLetter letter) {
    return new Fingerprint(
        LetterSummaries.target(letter),
        letter.getFailureClass(),
        MessagePattern.of(message(letter), ids(letter)));
  }

  /** The same for the same target, class and message: 16 hex digits. */
  String hash() {
    String all = (target == null ? "" : target) + "\n" + failureClass + "\n" + message;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What the target said, where that is what ended it; the reason is about the attempts too. */
  private static String message(DeadLetter letter) {
    return DecidingAttempt.of(letter)
        .filter(attempt -> attempt.getFailureClass() == letter.getFailureClass())
        .map(Attempt::getMessage)
        .orElseGet(letter::getReason);
  }

  private static List<String> ids(DeadLetter letter) {
    ActionRequest request = letter.getRequest();
    return Stream.of(request == null ? null : request.getRequestId(), letter.getIdempotencyKey())
        .filter(Objects::nonNull)
        .toList();
  }
}
