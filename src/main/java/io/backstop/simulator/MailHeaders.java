package io.backstop.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The header lines of an RFC 822 message, folded ones joined; names in any case. */
record MailHeaders(Map<String, String> values) {

  static MailHeaders of(byte[] message) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String last = null;
    for (String line : new String(message, StandardCharsets.UTF_8).split("\r?\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (last != null && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
        values.merge(last, " " + line.strip(), String::concat);
      } else if (colon > 0) {
        last = line.substring(0, colon).strip();
        values.put(last, line.substring(colon + 1).strip());
      }
    }
    return new MailHeaders(values);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
