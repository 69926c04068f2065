package io.backstop.simulator;

/** What a token opens: every token that is not one of two words opens everything. */
enum Access {
  MISSING,
  INVALID,
  FORBIDDEN,
  GRANTED;

  private static final String BEARER = "Bearer ";

  static Access ofToken(String token) {
    if (token == null || token.isBlank()) {
      return MISSING;
    }
    return switch (token) {
      case "invalid" -> INVALID;
      case "forbidden" -> FORBIDDEN;
      default -> GRANTED;
    };
  }

  static Access ofBearer(Call call) {
    String header = call.header("Authorization");
    boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return ofToken(bearer ? header.substring(BEARER.length()).trim() : null);
  }
}
