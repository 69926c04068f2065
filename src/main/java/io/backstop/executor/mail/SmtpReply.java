package io.backstop.executor.mail;

import static io.backstop.action.FailureClass.AUTHENTICATION;
import static io.backstop.action.FailureClass.NOT_FOUND;
import static io.backstop.action.FailureClass.RATE_LIMITED;
import static io.backstop.action.FailureClass.RESOURCE_EXHAUSTED;
import static io.backstop.action.FailureClass.SERVER_ERROR;
import static io.backstop.action.FailureClass.VALIDATION;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.ServiceError;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A refusal by a mail server (RFC 5321, section 4.2; RFC 4954; enhanced codes of RFC 3463).
 *
 * @param stage what was refused
 * @param code from 400 to 599
 * @param text with the code
 */
record SmtpReply(Stage stage, int code, String text) {

  enum Stage {
    GREETING,
    SIGN_IN,
    SENDER,
    RECIPIENT,
    CONTENT
  }

  /** Large providers have no code of their own for it, but all say it in such words. */
  private static final Pattern TOO_FAST =
      Pattern.compile(
          "throttl|\\brate\\b|\\b4\\.7\\.28\\b"
              + "|too many (messages|mails|e-?mails|connections|sessions|requests)"
              + "|concurrent connections",
          Pattern.CASE_INSENSITIVE);

  /** Enhanced codes of security and policy: the sender may not do that. */
  private static final Pattern NOT_ALLOWED = Pattern.compile("\\b5\\.7\\.\\d");

  boolean isTemporary() {
    // Too many recipients were 552 once, and meant: the rest later (RFC 5321, section 4.5.3.1.10).
    return code < 500 || code == 552 && stage == Stage.RECIPIENT;
  }

  /**
   * @param message for the attempt history
   */
  Outcome outcome(String message) {
    String said = ServiceError.cut(message);
    return isTemporary()
        ? new Outcome.Retryable(temporaryClass(), said, OptionalInt.empty(), Optional.empty())
        : new Outcome.Permanent(permanentClass(), said, OptionalInt.empty());
  }

  private FailureClass temporaryClass() {
    if (TOO_FAST.matcher(text).find()) {
      return RATE_LIMITED;
    }
    return code == 452 || code == 552 ? RESOURCE_EXHAUSTED : SERVER_ERROR;
  }

  private FailureClass permanentClass() {
    boolean beforeTheMail = stage == Stage.GREETING || stage == Stage.SIGN_IN;
    return switch (code) {
      case 530, 534, 535, 538 -> AUTHENTICATION;
      case 552 -> RESOURCE_EXHAUSTED;
      case 521, 551, 556 -> NOT_FOUND;
      case 550 -> mailboxRefused();
      default -> beforeTheMail ? AUTHENTICATION : VALIDATION;
    };
  }

  private FailureClass mailboxRefused() {
    return switch (stage) {
      case GREETING, SIGN_IN -> AUTHENTICATION;
      case CONTENT -> VALIDATION;
      case SENDER -> NOT_ALLOWED.matcher(text).find() ? AUTHENTICATION : VALIDATION;
      case RECIPIENT -> NOT_ALLOWED.matcher(text).find() ? AUTHENTICATION : NOT_FOUND;
    };
  }
}
