package io.backstop.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes parameters as a URL has them. */
final class QueryString {
  private QueryString() {}

  /** From the question mark on; empty for none. */
  static String of(Map<String, List<String>> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .flatMap(
                each ->
                    each.getValue().stream()
                        .map(value -> encoded(each.getKey()) + "=" + encoded(value)))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
