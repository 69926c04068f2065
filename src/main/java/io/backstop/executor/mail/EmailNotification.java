package io.backstop.executor.mail;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.FailedCall;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Target;
import io.backstop.executor.auth.MissingCredentialsException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code email:notification}: an e-mail by SMTP. A mail server refuses no repeat; the stable
 * Message-ID lets mailboxes show a repeated message once. When one recipient is refused nobody gets
 * the mail, so that a repeat or another fallback does not reach some people twice.
 */
public final class EmailNotification implements ActionExecutor {
  private final Target target = new Target("email:notification", PayloadFamily.MESSAGE);
  private final MailThreads threads = new MailThreads();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return MailProblems.of((MessagePayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(this::greet);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    MessagePayload payload = (MessagePayload) request.getPayload();
    return withServer(
        context,
        server -> {
          MailMessage message =
              MailMessage.from(
                  server.sender(),
                  Instant.now(),
                  MailText.of(payload, context.primaryFailure()),
                  context.idempotencyKey());
          return new MailCall(
              server,
              context.timeout(),
              (connection, call) -> connection.to(server, call).send(message));
        });
  }

  /** Always over a new connection: a kept one says nothing of whether the server takes more. */
  private CompletionStage<Outcome> greet(CallContext context) {
    return withServer(
        context,
        server ->
            new MailCall(
                server,
                context.timeout(),
                (connection, call) -> {
                  connection.close();
                  return connection.to(server, call).greet();
                }));
  }

  private CompletionStage<Outcome> withServer(
      CallContext context, Function<MailServer, MailCall> call) {
    MailServer server;
    try {
      server = MailServer.of(context.service());
    } catch (MissingCredentialsException missing) {
      return CompletableFuture.completedFuture(FailedCall.outcome(missing, context.timeout()));
    } catch (IllegalArgumentException wrong) {
      return CompletableFuture.completedFuture(
          new Outcome.Rejected(FailureClass.AUTHENTICATION, wrong.getMessage()));
    }
    return call.apply(server).start(threads);
  }
}
