package io.backstop.executor.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param headers in order; names are unique
 * @param body empty for none; not copied, so it must not change
 */
public record HttpCall(
    String method,
    URI uri,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Duration timeout) {}
