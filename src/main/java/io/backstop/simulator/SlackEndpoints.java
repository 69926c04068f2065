package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Slack's chat methods. Refusals are HTTP 200 with {@code ok:false}. A message whose {@code
 * client_msg_id} was posted before is not posted again: the first one's answer comes back.
 */
final class SlackEndpoints implements ServiceEmulation {
  private static final Pattern TS = Pattern.compile("\\d{10}\\.\\d{6}");
  private static final Pattern CHANNEL = Pattern.compile("[CDGUW][A-Z0-9]{2,}|#?[a-z0-9._-]{1,80}");
  private static final Pattern CHANNEL_ID = Pattern.compile("[CDG][A-Z0-9]{2,}");
  private static final int MOST_TEXT = 40_000;
  private static final long FIRST_TS = 1_700_000_000L;
  private static final Map<Integer, String> CODES =
      Map.of(
          401, "invalid_auth",
          403, "missing_scope",
          404, "channel_not_found",
          429, "ratelimited",
          503, "service_unavailable");

  private final KeyLog posted = new KeyLog(KeyLog.DEFAULT_GENERATION);
  private final RouteTable routes =
      new RouteTable(call -> refused("unknown_method"))
          .on(
              "POST",
              "/api/chat.postMessage",
              Route.action("postMessage", guarded(this::post))
                  .withOwnKey(call -> argument(call, "client_msg_id")))
          .on("POST", "/api/chat.update", Route.action("updateMessage", guarded(this::update)))
          .on("POST", "/api/auth.test", Route.lookup("whoAmI", guarded(this::test)))
          .on("GET", "/api/auth.test", Route.lookup("whoAmI", guarded(this::test)));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    String code = reason == null ? CODES.getOrDefault(status, "internal_error") : reason;
    return Reply.json(status, Json.object().put("ok", false).put("error", code));
  }

  private Function<Call, Reply> guarded(Function<Call, Reply> handler) {
    return call -> refusal(call).orElseGet(() -> handler.apply(call));
  }

  private static Optional<Reply> refusal(Call call) {
    Access access = Access.ofBearer(call);
    if (access == Access.MISSING && isForm(call)) {
      access = Access.ofToken(call.formField("token"));
    }
    switch (access) {
      case MISSING -> {
        return Optional.of(refused("not_authed"));
      }
      case INVALID -> {
        return Optional.of(refused("invalid_auth"));
      }
      case FORBIDDEN -> {
        return Optional.of(refused("missing_scope"));
      }
      case GRANTED -> {}
    }
    if (call.body().length == 0 || isForm(call)) {
      return Optional.empty();
    }
    if (!call.contentType().startsWith("application/json")) {
      return Optional.of(refused("invalid_post_type"));
    }
    if (call.json().isEmpty()) {
      return Optional.of(refused("invalid_json"));
    }
    return call.json().get().isObject()
        ? Optional.empty()
        : Optional.of(refused("json_not_object"));
  }

  private Reply post(Call call) {
    String channel = argument(call, "channel");
    Optional<Reply> problem = problem(call, channel, CHANNEL);
    if (problem.isPresent()) {
      return problem.get();
    }
    String thread = argument(call, "thread_ts");
    if (thread != null && !TS.matcher(thread).matches()) {
      return refused("invalid_thread_ts");
    }
    String id = argument(call, "client_msg_id");
    long bits = id == null ? call.draws().bits(Draws.Purpose.ID) : KeyHash.of(id);
    Reply reply = Reply.json(200, message(call, channel, ts(bits)));
    return id == null || posted.add(bits) ? reply.withEffect() : reply;
  }

  private Reply update(Call call) {
    String channel = argument(call, "channel");
    Optional<Reply> problem = problem(call, channel, CHANNEL_ID);
    if (problem.isPresent()) {
      return problem.get();
    }
    String ts = argument(call, "ts");
    if (ts == null) {
      return missing("ts");
    }
    if (!TS.matcher(ts).matches() || Ids.unknown(ts)) {
      return refused("message_not_found");
    }
    return Reply.json(200, message(call, channel, ts)).withEffect();
  }

  private static Optional<Reply> problem(Call call, String channel, Pattern form) {
    if (channel == null || channel.isBlank()) {
      return Optional.of(missing("channel"));
    }
    if (Ids.unknown(channel) || !form.matcher(channel).matches()) {
      return Optional.of(refused("channel_not_found"));
    }
    String text = argument(call, "text");
    boolean noText = text == null || text.isBlank();
    if (noText && argument(call, "blocks") == null && argument(call, "attachments") == null) {
      return Optional.of(refused("no_text"));
    }
    return text != null && text.length() > MOST_TEXT
        ? Optional.of(refused("msg_too_long"))
        : Optional.empty();
  }

  private Reply test(Call call) {
    ObjectNode answer = Json.object().put("ok", true).put("url", "https://simulator.slack.com/");
    answer.put("team", "Simulator").put("user", "backstop").put("team_id", "T00000B0");
    return Reply.json(200, answer.put("user_id", "U00000B0").put("bot_id", "B00000B0"));
  }

  private static ObjectNode message(Call call, String channel, String ts) {
    ObjectNode answer = Json.object().put("ok", true).put("channel", channel).put("ts", ts);
    ObjectNode message = answer.putObject("message");
    message.put("type", "message").put("text", argument(call, "text")).put("ts", ts);
    return answer;
  }

  private static String ts(long bits) {
    long micros = (bits >>> 1) % 100_000_000_000_000L;
    return String.valueOf(FIRST_TS + micros / 1_000_000)
        + '.'
        + String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
  }

  /** An argument from JSON or form body; structures as JSON text; null when absent. */
  private static String argument(Call call, String name) {
    if (isForm(call)) {
      return call.formField(name);
    }
    JsonNode node = call.json().map(json -> json.path(name)).orElse(null);
    if (node == null || node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private static boolean isForm(Call call) {
    return call.contentType().startsWith("application/x-www-form-urlencoded");
  }

  private static Reply missing(String field) {
    ObjectNode answer = Json.object().put("ok", false).put("error", "invalid_arguments");
    answer
        .putObject("response_metadata")
        .putArray("messages")
        .add("[ERROR] missing required field: " + field);
    return Reply.json(200, answer);
  }

  private static Reply refused(String error) {
    return Reply.json(200, Json.object().put("ok", false).put("error", error));
  }
}
