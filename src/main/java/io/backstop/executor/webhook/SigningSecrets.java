package io.backstop.executor.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as Standard Webhooks 1.0.0 says (symmetric signatures, {@code v1}). Several
 * secrets give several signatures, of which the receiver needs to know one: so a secret is changed
 * without a webhook refused.
 */
final class SigningSecrets {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int FEWEST_BYTES = 24;

  private final List<SecretKeySpec> keys;

  private SigningSecrets(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * @param text {@code whsec_} and base64, several separated by spaces
   * @throws IllegalArgumentException saying what is wrong with a secret, and not which it is
   */
  static SigningSecrets read(String text) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (String secret : text.strip().split("\\s+")) {
      keys.add(new SecretKeySpec(decoded(secret), ALGORITHM));
    }
    return new SigningSecrets(keys);
  }

  private static byte[] decoded(String secret) {
    byte[] key;
    try {
      key =
          Base64.getDecoder()
              .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    } catch (IllegalArgumentException notBase64) {
      // the exception would quote a character of the secret
      throw new IllegalArgumentException("is not whsec_ followed by base64");
    }
    if (key.length < FEWEST_BYTES) {
      throw new IllegalArgumentException("is shorter than " + FEWEST_BYTES + " bytes");
    }
    return key;
  }

  /**
   * Value of the header {@code webhook-signature}.
   *
   * @param id without a full stop, which separates the parts of what is signed
   * @param timestamp in seconds since the epoch
   */
  String sign(String id, long timestamp, byte[] body) {
    byte[] start = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + hash(key, start, body))
        .collect(Collectors.joining(" "));
  }

  private static String hash(SecretKeySpec key, byte[] start, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(start);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
