package io.backstop.executor.auth;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.backstop.config.ServiceAccess;
import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads which way a Google service signs in: by a service account's key file, else by a user's
 * refresh token. Settings that are there but cannot work end the start.
 */
final class GoogleSignIn {
  private final String service;
  private final ServiceAccess config;

  GoogleSignIn(String service, ServiceAccess config) {
    this.service = service;
    this.config = config;
  }

  /**
   * Empty where neither way is configured.
   *
   * @throws StartupException naming the setting that is missing or wrong
   */
  Optional<GoogleCredentials> credentials() {
    if (config.serviceAccountFile().isPresent()) {
      return Optional.of(serviceAccount(config.serviceAccountFile().get()));
    }
    if (ConfiguredSecret.of(config.clientId()).isPresent()
        || ConfiguredSecret.of(config.clientSecret()).isPresent()
        || ConfiguredSecret.of(config.refreshToken()).isPresent()) {
      return Optional.of(user());
    }
    return Optional.empty();
  }

  static MissingCredentialsException missing(String service) {
    return new MissingCredentialsException(
        ("backstop.services.%1$s.service-account-file is not set: set it, or the environment"
                + " variable GOOGLE_SERVICE_ACCOUNT_FILE; or set client-id, client-secret and"
                + " refresh-token there, or GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and"
                + " GOOGLE_REFRESH_TOKEN")
            .formatted(service));
  }

  private GoogleCredentials serviceAccount(String file) {
    ServiceAccountCredentials.Builder account =
        readKey(file).toBuilder()
            .setScopes(GoogleScopes.of(service))
            .setServiceAccountUser(config.delegatedUser().orElse(null))
            // the processor repeats a failed call itself, and sees why it failed
            .setDefaultRetriesEnabled(false);
    tokenUri().ifPresent(account::setTokenServerUri);
    return account.build();
  }

  private ServiceAccountCredentials readKey(String file) {
    try (InputStream key = Files.newInputStream(Path.of(file))) {
      return ServiceAccountCredentials.fromStream(key);
    } catch (NoSuchFileException missing) {
      throw badKey(file, "there is no such file", missing);
    } catch (IOException | RuntimeException bad) {
      String reason = bad.getMessage();
      throw badKey(file, reason == null ? bad.getClass().getSimpleName() : reason, bad);
    }
  }

  private StartupException badKey(String file, String reason, Exception cause) {
    return new StartupException(
        key("service-account-file")
            + " names '"
            + file
            + "', which is not a readable Google service account key: "
            + reason.lines().findFirst().orElse("")
            + "; download a JSON key of the service account and name that file",
        cause);
  }

  private GoogleCredentials user() {
    UserCredentials.Builder user =
        UserCredentials.newBuilder()
            .setClientId(required(config.clientId(), "client-id"))
            .setClientSecret(required(config.clientSecret(), "client-secret"))
            .setRefreshToken(required(config.refreshToken(), "refresh-token"));
    tokenUri().ifPresent(user::setTokenServerUri);
    return user.build();
  }

  private String required(Optional<String> value, String name) {
    return ConfiguredSecret.of(value)
        .orElseThrow(
            () ->
                new StartupException(
                    key(name)
                        + " is missing: client-id, client-secret and refresh-token are needed together"
                        + " (environment GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET,"
                        + " GOOGLE_REFRESH_TOKEN)"));
  }

  private Optional<URI> tokenUri() {
    try {
      return config.tokenUri().map(URI::create);
    } catch (IllegalArgumentException bad) {
      throw new StartupException(
          key("token-uri") + " is not a URL: " + config.tokenUri().get(), bad);
    }
  }

  private String key(String name) {
    return "backstop.services." + service + "." + name;
  }
}
