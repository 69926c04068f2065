package io.backstop.runtime;

import java.net.URI;

/**
 * Where an instance answers queries, as others reach it.
 *
 * @param host name or IP address; an IPv6 address without brackets
 */
public record Address(String host, int port) {

  /**
   * Of a URL with a host and a port.
   *
   * @throws IllegalArgumentException when it has none
   */
  public static Address of(String url) {
    URI uri = URI.create(url);
    if (uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException(url + " has no host or no port");
    }
    String host = uri.getHost();
    boolean isBracketed = host.startsWith("[");
    return new Address(isBracketed ? host.substring(1, host.length() - 1) : host, uri.getPort());
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + this;
  }
}
