package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Trello's cards; most of its errors are plain text. */
final class TrelloEndpoints implements ServiceEmulation {
  private static final Pattern OAUTH = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern SHORT_LINK = Pattern.compile("[0-9A-Za-z]{8}");
  private static final int MOST_TEXT = 16_384;

  private final RouteTable routes =
      new RouteTable(this::unknownUrl)
          .on("POST", "/1/cards", Route.action("createCard", guarded(this::createCard)))
          .on("PUT", "/1/cards/{}", Route.action("updateCard", guarded(this::updateCard)))
          .on("GET", "/1/members/me", Route.lookup("whoAmI", guarded(this::me)));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    return switch (status) {
      case 429 -> error(429, "Rate limit exceeded", or(reason, "API_TOKEN_LIMIT_EXCEEDED"));
      case 404 -> Reply.text(404, or(reason, "The requested resource was not found."));
      case 401 -> Reply.text(401, or(reason, "unauthorized card permission requested"));
      default -> Reply.text(status, or(reason, status >= 500 ? "Server error" : "invalid request"));
    };
  }

  private static String or(String reason, String fitting) {
    return reason == null ? fitting : reason;
  }

  private Function<Call, Reply> guarded(Function<Call, Reply> handler) {
    return call -> refusal(call).orElseGet(() -> handler.apply(call));
  }

  private static Optional<Reply> refusal(Call call) {
    String key = call.parameter("key");
    String token = call.parameter("token");
    String header = call.header("Authorization");
    if (header != null && header.regionMatches(true, 0, "OAuth ", 0, 6)) {
      Matcher pairs = OAUTH.matcher(header);
      while (pairs.find()) {
        switch (pairs.group(1)) {
          case "oauth_consumer_key" -> key = pairs.group(2);
          case "oauth_token" -> token = pairs.group(2);
          default -> {}
        }
      }
    }
    return switch (Access.ofToken(key)) {
      case MISSING, INVALID -> Optional.of(Reply.text(401, "invalid key"));
      case FORBIDDEN, GRANTED -> refusedToken(token);
    };
  }

  private static Optional<Reply> refusedToken(String token) {
    return switch (Access.ofToken(token)) {
      case MISSING -> Optional.of(Reply.text(401, "unauthorized permission requested"));
      case INVALID -> Optional.of(Reply.text(401, "invalid token"));
      case FORBIDDEN -> Optional.of(Reply.text(403, "unauthorized card permission requested"));
      case GRANTED -> Optional.empty();
    };
  }

  private Reply createCard(Call call) {
    if (unreadable(call)) {
      return Reply.text(400, "Error parsing body");
    }
    String list = value(call, "idList");
    if (list == null) {
      return Reply.text(400, "invalid value for idList");
    }
    return problem(call)
        .orElseGet(() -> Reply.json(200, card(Ids.hex24(call.draws()), call)).withEffect());
  }

  private Reply updateCard(Call call) {
    String id = call.segment(3);
    if (Ids.unknown(id)) {
      return Reply.text(404, "The requested resource was not found.");
    }
    if (!Ids.isHex24(id) && !SHORT_LINK.matcher(id).matches()) {
      return Reply.text(400, "invalid id");
    }
    if (unreadable(call)) {
      return Reply.text(400, "Error parsing body");
    }
    return problem(call).orElseGet(() -> Reply.json(200, card(id, call)).withEffect());
  }

  private static Optional<Reply> problem(Call call) {
    String list = value(call, "idList");
    if (list != null && Ids.unknown(list)) {
      return Optional.of(Reply.text(404, "could not find the list"));
    }
    if (list != null && !Ids.isHex24(list)) {
      return Optional.of(Reply.text(400, "invalid value for idList"));
    }
    for (String name : new String[] {"name", "desc"}) {
      String text = value(call, name);
      if (text != null && text.length() > MOST_TEXT) {
        return Optional.of(Reply.text(400, "invalid value for " + name));
      }
    }
    for (String name : new String[] {"idLabels", "idMembers"}) {
      String ids = value(call, name);
      if (ids != null && !ids.isEmpty() && !allObjectIds(ids)) {
        return Optional.of(error(400, "Invalid objectId", "ERROR"));
      }
    }
    return wrongDate(value(call, "due"))
        ? Optional.of(Reply.text(400, "invalid value for due"))
        : Optional.empty();
  }

  private static boolean allObjectIds(String commaSeparated) {
    for (String id : commaSeparated.split(",")) {
      if (!Ids.isHex24(id.trim()) || Ids.unknown(id.trim())) {
        return false;
      }
    }
    return true;
  }

  private static boolean wrongDate(String due) {
    if (due == null || due.isEmpty()) {
      return false;
    }
    try {
      OffsetDateTime.parse(due);
      return false;
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  private static boolean unreadable(Call call) {
    return call.contentType().startsWith("application/json")
        && call.body().length > 0
        && call.json().filter(JsonNode::isObject).isEmpty();
  }

  /** A field of the card from body or query, a list joined by commas; null when absent. */
  private static String value(Call call, String name) {
    if (call.body().length > 0) {
      if (call.contentType().startsWith("application/json")) {
        JsonNode node = call.json().orElseThrow().path(name);
        if (node.isArray()) {
          StringBuilder joined = new StringBuilder();
          node.forEach(item -> joined.append(joined.isEmpty() ? "" : ",").append(item.asText()));
          return joined.toString();
        } else if (!node.isMissingNode()) {
          return node.asText("");
        }
      } else if (call.contentType().startsWith("application/x-www-form-urlencoded")
          && call.formField(name) != null) {
        return call.formField(name);
      }
    }
    return call.parameter(name);
  }

  private static ObjectNode card(String id, Call call) {
    ObjectNode card = Json.object().put("id", id);
    for (String name : new String[] {"name", "desc", "idList", "due"}) {
      card.put(name, value(call, name));
    }
    card.put("closed", "true".equals(value(call, "closed")));
    String shortLink = id.substring(0, 8);
    return card.put("shortLink", shortLink).put("url", "https://trello.com/c/" + shortLink);
  }

  private Reply me(Call call) {
    ObjectNode member = Json.object().put("id", "5a00000000000000000000b0");
    return Reply.json(200, member.put("username", "simulated").put("fullName", "Simulated Member"));
  }

  private Reply unknownUrl(Call call) {
    return Reply.text(404, "Cannot " + call.method() + " " + call.pathText());
  }

  private static Reply error(int status, String message, String error) {
    return Reply.json(status, Json.object().put("message", message).put("error", error));
  }
}
