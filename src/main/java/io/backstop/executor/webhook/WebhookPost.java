package io.backstop.executor.webhook;

import static io.backstop.action.FailureClass.NOT_FOUND;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.FailedCall;
import io.backstop.executor.Fingerprint;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.Target;
import io.backstop.executor.auth.ConfiguredSecret;
import io.backstop.executor.auth.MissingCredentialsException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code webhook:post}: a message to a URL of the operator's, signed as Standard Webhooks 1.0.0
 * says. Its {@code webhook-id} is the same for every repeat, by which the receiver knows it again.
 */
public final class WebhookPost implements ActionExecutor {
  private static final String SERVICE = "webhook";
  private static final String SECRET = "signing-secret";
  private static final String KEY = "backstop.services." + SERVICE + ".";

  // Redirects are not followed (the standard asks for it): the URL that is configured is wrong.
  private static final ReplyClassifier REPLIES =
      ReplyClassifier.readingErrorsBy((reply, body) -> Optional.empty())
          .succeedingWithAnyBody()
          .permanent(NOT_FOUND, 301)
          .permanent(NOT_FOUND, 302)
          .permanent(NOT_FOUND, 303)
          .permanent(NOT_FOUND, 307)
          .permanent(NOT_FOUND, 308)
          .build();

  private final Target target = new Target("webhook:post", PayloadFamily.MESSAGE);
  private final Clock clock;

  public WebhookPost() {
    this(Clock.systemUTC());
  }

  WebhookPost(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    MessagePayload message = (MessagePayload) request.getPayload();
    return new Problems()
        .require("payload.text", message.getText(), "a message needs text")
        .found();
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    URI url;
    Optional<SigningSecrets> secrets;
    try {
      url = url(context.service());
      secrets = secrets(context.service());
    } catch (MissingCredentialsException missing) {
      return CompletableFuture.completedFuture(FailedCall.outcome(missing, context.timeout()));
    } catch (IllegalArgumentException wrong) {
      return CompletableFuture.completedFuture(
          new Outcome.Rejected(FailureClass.AUTHENTICATION, wrong.getMessage()));
    }
    return call(request, context, url, secrets).send(REPLIES);
  }

  private ServiceCall call(
      ActionRequest request, CallContext context, URI url, Optional<SigningSecrets> secrets) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String id = "msg_" + Fingerprint.of(context.idempotencyKey());
    long timestamp = now.getEpochSecond();
    byte[] body = Json.bytes(WebhookBody.of(request, context.primaryFailure(), now));
    ServiceCall call =
        ServiceCall.toUrl(context, "POST", url)
            .authorizationOptional()
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(timestamp))
            .body("application/json", body);
    secrets.ifPresent(known -> call.header("webhook-signature", known.sign(id, timestamp, body)));
    return call;
  }

  private static URI url(ServiceAccess service) {
    String text =
        ConfiguredSecret.of(service.baseUrl())
            .orElseThrow(() -> ConfiguredSecret.missing(SERVICE, "base-url"));
    try {
      return URI.create(text);
    } catch (IllegalArgumentException notAUrl) {
      throw new IllegalArgumentException(KEY + "base-url is not a URL", notAUrl);
    }
  }

  /** Empty only where the operator says that an unsigned webhook is meant. */
  private static Optional<SigningSecrets> secrets(ServiceAccess service) {
    Optional<String> text = ConfiguredSecret.of(service.signingSecret());
    if (text.isPresent()) {
      try {
        return text.map(SigningSecrets::read);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(KEY + SECRET + " " + wrong.getMessage(), wrong);
      }
    }
    if (Boolean.parseBoolean(service.options().get("unsigned"))) {
      return Optional.empty();
    }
    throw new MissingCredentialsException(
        ConfiguredSecret.missing(SERVICE, SECRET).getMessage()
            + "; or set "
            + KEY
            + "options.unsigned to true, and anybody can send to the receiver what we could");
  }
}
