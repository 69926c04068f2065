package io.backstop.executor.auth;

import io.backstop.config.ServiceConfig;

/** Makes a service's credentials from its settings: one place that knows who wants what. */
public final class ServiceCredentials {
  private ServiceCredentials() {}

  /**
   * Never fails for missing settings: calls are then rejected one by one, each saying what to set.
   *
   * @param service name of the service in the configuration
   */
  public static Credentials of(String service, ServiceConfig config) {
    return switch (service) {
      case "trello" -> TrelloKeyAndToken.of(service, config);
      default -> BearerToken.of(service, config);
    };
  }
}
