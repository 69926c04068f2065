package io.backstop.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The error object that Google's APIs share. */
final class GoogleErrors {
  private static final String EXPECTED =
      " Expected OAuth 2 access token, login cookie or other valid authentication credential. See"
          + " https://developers.google.com/identity/sign-in/web/devconsole-project.";

  private GoogleErrors() {}

  /** What is wrong with the call's credentials; empty when they are accepted. */
  static Optional<Reply> refusal(Call call) {
    Access access = Access.ofBearer(call);
    if (access == Access.MISSING) {
      access = Access.ofToken(call.parameter("access_token"));
    }
    return switch (access) {
      case MISSING ->
          Optional.of(
              error(
                  401,
                  "Request is missing required authentication credential." + EXPECTED,
                  "required"));
      case INVALID ->
          Optional.of(
              error(
                  401, "Request had invalid authentication credentials." + EXPECTED, "authError"));
      case FORBIDDEN ->
          Optional.of(
              error(
                  403,
                  "Request had insufficient authentication scopes.",
                  "insufficientPermissions"));
      case GRANTED -> Optional.empty();
    };
  }

  static Reply badJson() {
    return error(400, "Invalid JSON payload received. Unexpected token.", "parseError");
  }

  static Reply unknownUrl(Call call) {
    return error(404, "Not Found: " + call.method() + " " + call.pathText(), "notFound");
  }

  static Reply missingParameter(String name) {
    return error(400, "'" + name + "' is required but not specified", "badRequest");
  }

  static Reply error(int status, String message, String reason) {
    ObjectNode root = Json.object();
    ObjectNode error = root.putObject("error");
    error.put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("message", message)
        .put("domain", status == 429 || status == 503 ? "usageLimits" : "global")
        .put("reason", reason);
    error.put("status", canonical(status));
    return Reply.json(status, root);
  }

  static Reply failure(int status, String reason) {
    return switch (status) {
      case 429 ->
          error(
              429, "Quota exceeded for quota metric 'Requests'.", or(reason, "rateLimitExceeded"));
      case 403 -> error(403, "The request is forbidden.", or(reason, "forbidden"));
      case 404 -> error(404, "Requested entity was not found.", or(reason, "notFound"));
      case 401 -> error(401, "Invalid Credentials", or(reason, "authError"));
      case 503 -> error(503, "The service is currently unavailable.", or(reason, "backendError"));
      default ->
          status >= 500
              ? error(status, "Internal error encountered.", or(reason, "backendError"))
              : error(status, "Request contains an invalid argument.", or(reason, "badRequest"));
    };
  }

  private static String or(String reason, String fitting) {
    return reason == null ? fitting : reason;
  }

  private static String canonical(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    };
  }
}
