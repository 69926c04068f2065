package io.backstop.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Google's token endpoint: a refresh token or a signed assertion for an access token. */
final class OAuthEndpoints implements ServiceEmulation {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final int LIFETIME_SECONDS = 3599;

  private final RouteTable routes =
      new RouteTable(GoogleErrors::unknownUrl)
          .on("POST", "/token", Route.lookup("token", this::token));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    String fitting = status >= 500 ? "internal_failure" : "invalid_request";
    return error(status, reason == null ? fitting : reason, "Injected failure.");
  }

  private Reply token(Call call) {
    String grant = call.formField("grant_type");
    if (grant == null) {
      return error(400, "invalid_request", "Missing required parameter: grant_type");
    }
    return switch (grant) {
      case "refresh_token" -> refresh(call);
      case JWT_BEARER -> assertion(call);
      default -> error(400, "unsupported_grant_type", "Invalid grant_type: " + grant);
    };
  }

  private Reply refresh(Call call) {
    for (String name : new String[] {"client_id", "refresh_token"}) {
      if (call.formField(name) == null) {
        return error(400, "invalid_request", "Missing required parameter: " + name);
      }
    }
    if (Access.ofToken(call.formField("client_secret")) != Access.GRANTED) {
      return error(401, "invalid_client", "Unauthorized");
    }
    return grant(call, call.formField("refresh_token"), "Bad Request");
  }

  private Reply assertion(Call call) {
    String assertion = call.formField("assertion");
    if (assertion == null || assertion.split("\\.", -1).length != 3) {
      return error(400, "invalid_grant", "Invalid JWT: must have three parts.");
    }
    return grant(call, assertion, "Invalid JWT Signature.");
  }

  private static Reply grant(Call call, String proof, String refusal) {
    return switch (Access.ofToken(proof)) {
      case MISSING, INVALID -> error(400, "invalid_grant", refusal);
      case FORBIDDEN -> error(403, "access_denied", "Account is not allowed to use the client.");
      case GRANTED -> {
        String token = "ya29.simulated-" + Ids.hex16(call.draws().bits(Draws.Purpose.ID));
        ObjectNode answer = Json.object().put("access_token", token);
        answer.put("expires_in", LIFETIME_SECONDS);
        yield Reply.json(200, answer.put("token_type", "Bearer"));
      }
    };
  }

  private static Reply error(int status, String error, String description) {
    ObjectNode body = Json.object().put("error", error);
    return Reply.json(status, body.put("error_description", description));
  }
}
