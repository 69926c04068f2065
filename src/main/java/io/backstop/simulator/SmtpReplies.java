package io.backstop.simulator;

import java.util.regex.Pattern;

/** What a mail server says for the failures that are set in the words of HTTP. */
final class SmtpReplies {
  static final String CLOSING = "421 4.3.2 Service not available, closing transmission channel";

  private static final Pattern REPLY = Pattern.compile("[45]\\d\\d( [^\\r\\n]*)?");

  private SmtpReplies() {}

  /** The failure's reason where it is a reply, {@code 451 4.3.0 ...}, else one by its status. */
  static String of(Failure failure) {
    return failure
        .reason()
        .filter(reason -> REPLY.matcher(reason).matches())
        .orElseGet(() -> byStatus(failure.status()));
  }

  private static String byStatus(int status) {
    return switch (status) {
      case 429 -> "450 4.7.28 Too many messages";
      case 503 -> CLOSING;
      case 401, 403 -> "530 5.7.0 Authentication required";
      case 404, 410 -> "550 5.1.1 No such user";
      case 413 -> "552 5.3.4 Message too large";
      case 507 -> "452 4.3.1 Insufficient system storage";
      default ->
          status >= 500 ? "451 4.3.0 Local error in processing" : "554 5.6.0 Message refused";
    };
  }
}
