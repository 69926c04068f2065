package io.backstop.executor.mail;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.ServiceError;
import io.backstop.executor.mail.SmtpReply.Stage;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Finds in the exceptions of Angus Mail what happened.
 *
 * @param connected whether the server had let us in before
 * @param lastCode code of the server's last reply, below 1 where there was none
 * @param lastReply that reply
 */
record SmtpFailure(boolean connected, int lastCode, String lastReply) {

  Outcome outcome(Exception failure, Duration timeout) {
    List<Throwable> causes = causes(failure);
    if (causes.stream().anyMatch(SocketTimeoutException.class::isInstance)) {
      return new Outcome.TimedOut(timeout);
    }
    Optional<Throwable> broken = causes.stream().filter(IOException.class::isInstance).findFirst();
    if (broken.isPresent()) {
      return network(text(broken.get()));
    }
    List<SMTPAddressFailedException> refused =
        causes.stream()
            .filter(SMTPAddressFailedException.class::isInstance)
            .map(SMTPAddressFailedException.class::cast)
            .toList();
    if (!refused.isEmpty()) {
      return recipientsRefused(refused);
    } else if (failure instanceof SMTPSendFailedException sending) {
      Stage stage = sending.getCommand().startsWith("MAIL") ? Stage.SENDER : Stage.CONTENT;
      return reply(stage, sending.getReturnCode(), sending.getMessage());
    } else if (failure instanceof AuthenticationFailedException) {
      return notSignedIn(failure);
    } else if (failure instanceof SendFailedException) {
      return permanent(FailureClass.VALIDATION, text(failure));
    }
    return connected ? reply(Stage.CONTENT, lastCode, lastReply) : notConnected(failure);
  }

  private static Outcome recipientsRefused(List<SMTPAddressFailedException> refused) {
    String who =
        refused.stream()
            .map(each -> each.getAddress().getAddress() + ": " + oneLine(each.getMessage()))
            .collect(Collectors.joining("; ", "nobody got the e-mail, because of ", ""));
    List<SmtpReply> replies =
        refused.stream()
            .map(each -> new SmtpReply(Stage.RECIPIENT, each.getReturnCode(), each.getMessage()))
            .toList();
    // one who can never be reached decides: a repeat would fail because of him
    return replies.stream()
        .filter(reply -> !reply.isTemporary())
        .findFirst()
        .orElse(replies.get(0))
        .outcome(who);
  }

  private Outcome notSignedIn(Exception failure) {
    // Angus gives up on the sign-in whatever went wrong, a server that closed for the night too
    return lastCode >= 400 || lastCode < 1
        ? reply(Stage.SIGN_IN, lastCode, lastReply)
        : permanent(FailureClass.AUTHENTICATION, text(failure));
  }

  private Outcome notConnected(Exception failure) {
    return lastCode >= 400
        ? reply(Stage.GREETING, lastCode, lastReply)
        : lastCode < 1
            ? network("the mail server closed the connection before it let us in")
            : permanent(
                FailureClass.AUTHENTICATION,
                text(failure) + "; see backstop.services.email.options.starttls");
  }

  private static Outcome reply(Stage stage, int code, String text) {
    return code < 400
        ? network("the mail server broke off: " + oneLine(text))
        : new SmtpReply(stage, code, text).outcome(oneLine(text));
  }

  static String oneLine(String reply) {
    return reply.strip().replaceAll("[\\r\\n]+", " ");
  }

  private static Outcome network(String message) {
    return new Outcome.Retryable(
        FailureClass.NETWORK, ServiceError.cut(message), OptionalInt.empty(), Optional.empty());
  }

  private static Outcome permanent(FailureClass failureClass, String message) {
    return new Outcome.Permanent(failureClass, ServiceError.cut(message), OptionalInt.empty());
  }

  private static String text(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return failure.getMessage() == null ? name : name + ": " + oneLine(failure.getMessage());
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable next = failure;
    while (next != null && !causes.contains(next)) {
      causes.add(next);
      next = next instanceof MessagingException mail ? mail.getNextException() : next.getCause();
    }
    return causes;
  }
}
