package io.backstop.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of requests that come with the program. */
final class JsonLines {
  private JsonLines() {}

  /** Every line, blank ones too. */
  static List<String> bundled(String name) {
    var stream = JsonLines.class.getResourceAsStream("/demo/" + name);
    if (stream == null) {
      throw new IllegalStateException("the resource demo/" + name + " is not in the jar");
    }
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
