package io.backstop.admin;

import io.backstop.config.MonitoringConfig;
import io.backstop.config.QueryConfig;
import io.backstop.config.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an instance listens, and who may ask there.
 *
 * @param advertisedHost by which others reach it
 */
record Binding(
    String host, int port, String advertisedHost, Optional<String> token, Access access) {

  /**
   * @throws StartupException when the endpoint would be open to everybody, or nobody could find it
   */
  static Binding of(QueryConfig config) {
    InetAddress address = address("backstop.query.host", config.host());
    Optional<String> token = config.token().map(String::strip).filter(text -> !text.isEmpty());
    if (!address.isLoopbackAddress() && token.isEmpty()) {
      throw new StartupException(
          "backstop.query.host = %s can be reached from other machines, so backstop.query.token must be set: set it, or listen on 127.0.0.1"
              .formatted(config.host()));
    }
    if (address.isAnyLocalAddress() && config.advertisedHost().isEmpty()) {
      throw new StartupException(
          "backstop.query.host = %s is no address that others can connect to: set backstop.query.advertised-host to this machine's name"
              .formatted(config.host()));
    }
    String advertised = config.advertisedHost().orElse(config.host());
    Optional<Set<String>> names =
        Optional.of(Set.copyOf(List.of(config.host(), advertised)))
            .filter(own -> address.isLoopbackAddress());
    return new Binding(config.host(), config.port(), advertised, token, new Access(token, names));
  }

  /**
   * Shows no payloads and so needs no token, wherever it listens.
   *
   * @throws StartupException when the host is not known here
   */
  static Binding of(MonitoringConfig config) {
    String host = config.host();
    InetAddress address = address("backstop.monitoring.host", host);
    Optional<Set<String>> names =
        Optional.of(Set.of(host)).filter(own -> address.isLoopbackAddress());
    Access access = new Access(Optional.empty(), names);
    return new Binding(host, config.port(), host, Optional.empty(), access);
  }

  private static InetAddress address(String key, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartupException(
          "%s = %s is not known here: give an address of this machine, such as 127.0.0.1"
              .formatted(key, host),
          e);
    }
  }
}
