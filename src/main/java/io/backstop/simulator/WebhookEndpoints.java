package io.backstop.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver of webhooks as Standard Webhooks 1.0.0 describes it, at {@code /webhook} and one level
 * below. It checks signatures when it knows the secret.
 */
final class WebhookEndpoints implements ServiceEmulation {
  private static final String ALGORITHM = "HmacSHA256";
  private static final long TOLERANCE_SECONDS = 300;

  private final Route receive =
      Route.action("receive", this::receive).withOwnKey(call -> call.header("webhook-id"));
  private final RouteTable routes =
      new RouteTable(call -> Reply.text(404, "POST webhooks here"))
          .on("POST", "", receive)
          .on("POST", "/", receive)
          .on("POST", "/{}", receive);

  private final Optional<String> secret;
  private final Clock clock;

  /**
   * @param secret {@code whsec_} and base64
   */
  WebhookEndpoints(Optional<String> secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    return Reply.text(status, reason == null ? "injected failure" : reason);
  }

  private Reply receive(Call call) {
    String id = call.header("webhook-id");
    String timestamp = call.header("webhook-timestamp");
    if (id == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
      return Reply.text(400, "webhook-id or webhook-timestamp is missing");
    }
    if (secret.isPresent()) {
      long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
      if (Math.abs(age) > TOLERANCE_SECONDS) {
        return Reply.text(400, "webhook-timestamp is not now");
      }
      if (!isSigned(call, id + "." + timestamp + ".", secret.get())) {
        return Reply.text(400, "no matching signature");
      }
    }
    return call.json().isPresent()
        ? Reply.text(204, "").withEffect()
        : Reply.text(400, "the body is not JSON");
  }

  private static boolean isSigned(Call call, String start, String secret) {
    String signatures = call.header("webhook-signature");
    if (signatures == null) {
      return false;
    }
    byte[] expected = ("v1," + hash(secret, start, call.body())).getBytes(StandardCharsets.UTF_8);
    for (String signature : signatures.split(" ")) {
      if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }

  private static String hash(String secret, String start, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(start.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no " + ALGORITHM, e);
    }
  }
}
