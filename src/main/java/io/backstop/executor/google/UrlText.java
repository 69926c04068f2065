package io.backstop.executor.google;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encodes a value so that it fits a path segment as well as a query. */
final class UrlText {
  private UrlText() {}

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
