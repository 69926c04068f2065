package io.backstop.executor.http;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP answer.
 *
 * @param headers first value by lower-case name
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {

  /**
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
