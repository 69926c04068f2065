package io.backstop.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who may ask. */
final class Access {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Optional<byte[]> token;
  private final Optional<Set<String>> hosts;

  /**
   * @param token that every request must carry; empty for none
   * @param hosts names under which the instance may be asked; empty for any
   */
  Access(Optional<String> token, Optional<Set<String>> hosts) {
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.hosts =
        hosts.map(
            names -> {
              Set<String> known = new TreeSet<>(Set.of("localhost", "127.0.0.1", "::1"));
              names.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
              return known;
            });
  }

  /**
   * @param host header of that name, null where it is missing
   * @param authorization header of that name, null where it is missing
   * @throws QueryProblem when it may not
   */
  void check(String method, String host, String authorization) {
    if (hosts.isPresent() && !hosts.get().contains(name(host))) {
      // a web page that a browser on this machine shows can lead its own name to this address
      throw new QueryProblem(
          421, "the Host header names a host that this instance does not answer for");
    }
    if (token.isPresent() && !isRight(authorization)) {
      throw new QueryProblem(
          401,
          "send the header 'Authorization: Bearer ...' with the value of backstop.query.token");
    }
    if (!METHODS.contains(method)) {
      throw new QueryProblem(405, "this endpoint is read-only");
    }
  }

  private boolean isRight(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    // takes as long for a nearly right one as for any other
    return MessageDigest.isEqual(given, token.get());
  }

  /** Without its port; an IPv6 address without its brackets. */
  private static String name(String host) {
    if (host == null) {
      return "";
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end < 0 ? "" : lower.substring(1, end);
    }
    int colon = lower.indexOf(':');
    return colon < 0 ? lower : lower.substring(0, colon);
  }
}
