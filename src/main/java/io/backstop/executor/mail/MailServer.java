package io.backstop.executor.mail;

import io.backstop.config.ServiceAccess;
import io.backstop.executor.auth.ConfiguredSecret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The mail server as it is configured.
 *
 * @param login empty where the server takes mail without
 * @param trusted certificates that may vouch for the server; the JVM's where empty
 * @param connections how many are open at once at most, from this process
 */
record MailServer(
    String host,
    int port,
    Encryption encryption,
    Optional<Login> login,
    InternetAddress sender,
    Optional<TrustStore> trusted,
    int connections) {

  /** When a connection is encrypted. */
  enum Encryption {
    FROM_THE_START,
    REQUIRED,
    WHERE_OFFERED,
    NEVER
  }

  record Login(String username, String password) {
    @Override
    public String toString() {
      return username;
    }
  }

  private static final String SERVICE = "email";
  private static final String KEY = "backstop.services." + SERVICE + ".";
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;
  private static final int CONNECTIONS = 8;
  private static final int MOST_CONNECTIONS = 100;

  /**
   * @throws io.backstop.executor.auth.MissingCredentialsException naming a setting that is missing
   * @throws IllegalArgumentException naming a setting that is wrong
   */
  static MailServer of(ServiceAccess service) {
    URI url = url(required(service.baseUrl(), "base-url"));
    boolean implicit = url.getScheme().equals("smtps");
    Optional<Login> login = login(service);
    Encryption encryption =
        implicit ? Encryption.FROM_THE_START : startTls(service.options(), login.isPresent());
    int ordinaryPort = implicit ? SUBMISSIONS : SUBMISSION;
    return new MailServer(
        url.getHost(),
        url.getPort() < 0 ? ordinaryPort : url.getPort(),
        encryption,
        login,
        sender(required(service.sender(), "sender")),
        TrustStore.of(service.options()),
        connections(service.options()));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean smtp = "smtp".equals(url.getScheme()) || "smtps".equals(url.getScheme());
      if (smtp && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // said below
    }
    throw wrong(
        "base-url",
        "is not the address of a mail server: write smtp://host:587 or smtps://host:465");
  }

  private static Optional<Login> login(ServiceAccess service) {
    Optional<String> username = ConfiguredSecret.of(service.username());
    Optional<String> password = ConfiguredSecret.of(service.password());
    if (username.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Login(required(username, "username"), required(password, "password")));
  }

  private static Encryption startTls(Map<String, String> options, boolean withLogin) {
    String word = options.getOrDefault("starttls", "required").strip().toLowerCase(Locale.ROOT);
    if (word.equals("optional") && withLogin) {
      throw wrong(
          "options.starttls",
          "is optional, by which anybody on the way could make us send the password in the clear:"
              + " write required, or off where the way is safe");
    }
    return switch (word) {
      case "required" -> Encryption.REQUIRED;
      case "optional" -> Encryption.WHERE_OFFERED;
      case "off" -> Encryption.NEVER;
      default -> throw wrong("options.starttls", "is not one of required, optional, off");
    };
  }

  private static InternetAddress sender(String text) {
    try {
      return MailAddress.parse(text);
    } catch (AddressException notOne) {
      throw wrong(
          "sender",
          "is not one e-mail address: write it as name@example.com or Name <name@example.com>");
    }
  }

  private static int connections(Map<String, String> options) {
    String text = options.getOrDefault("connections", "" + CONNECTIONS).strip();
    int connections = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw wrong("options.connections", "is not a number from 1 to " + MOST_CONNECTIONS);
    }
    return connections;
  }

  private static String required(Optional<String> value, String name) {
    return ConfiguredSecret.of(value).orElseThrow(() -> ConfiguredSecret.missing(SERVICE, name));
  }

  private static IllegalArgumentException wrong(String name, String problem) {
    return new IllegalArgumentException(KEY + name + " " + problem);
  }
}
