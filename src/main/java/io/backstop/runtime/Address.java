package io.backstop.runtime;

/**
 * Where an instance answers queries, as others reach it.
 *
 * @param host name or IP address; an IPv6 address without brackets
 */
public record Address(String host, int port) {

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
