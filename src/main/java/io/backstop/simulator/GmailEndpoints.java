package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sending and searching in Gmail. */
final class GmailEndpoints implements ServiceEmulation {
  private static final int MOST_RESULTS = 500;
  private static final int HITS = 3;
  private static final List<String> RECIPIENTS = List.of("To", "Cc", "Bcc");

  private final RouteTable routes =
      new RouteTable(GoogleErrors::unknownUrl)
          .on(
              "POST",
              "/gmail/v1/users/{}/messages/send",
              Route.action("send", guarded(this::send)).withOwnKey(GmailEndpoints::messageId))
          .on("GET", "/gmail/v1/users/{}/messages", Route.action("search", guarded(this::search)))
          .on("GET", "/gmail/v1/users/{}/profile", Route.lookup("whoAmI", guarded(this::profile)));

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Reply failure(int status, String reason) {
    return GoogleErrors.failure(status, reason);
  }

  private Function<Call, Reply> guarded(Function<Call, Reply> handler) {
    return call -> GoogleErrors.refusal(call).orElseGet(() -> handler.apply(call));
  }

  private Reply send(Call call) {
    Optional<JsonNode> body = call.json().filter(JsonNode::isObject);
    if (body.isEmpty()) {
      return GoogleErrors.badJson();
    }
    String raw = body.get().path("raw").asText("");
    if (raw.isEmpty()) {
      return invalid(
          "'raw' RFC822 payload message string or uploading message via /upload/* URL required");
    }
    Optional<MailHeaders> mail = decode(raw);
    if (mail.isEmpty()) {
      return invalid(
          "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for the value");
    }
    Optional<Reply> problem = wrongRecipients(mail.get());
    if (problem.isPresent()) {
      return problem.get();
    }
    String thread = body.get().path("threadId").asText("");
    if (!thread.isEmpty() && Ids.unknown(thread)) {
      return GoogleErrors.error(404, "Requested entity was not found.", "notFound");
    }
    String id = Ids.hex16(call.draws().bits(Draws.Purpose.ID));
    ObjectNode sent = Json.object().put("id", id);
    sent.put("threadId", thread.isEmpty() ? id : thread).putArray("labelIds").add("SENT");
    return Reply.json(200, sent).withEffect();
  }

  private static Optional<MailHeaders> decode(String raw) {
    try {
      return Optional.of(MailHeaders.of(Base64.getUrlDecoder().decode(raw)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Reply> wrongRecipients(MailHeaders mail) {
    boolean anyone = false;
    for (String name : RECIPIENTS) {
      Optional<String> value = mail.value(name).filter(text -> !text.isBlank());
      if (value.isPresent() && !value.get().contains("@")) {
        return Optional.of(invalid("Invalid " + name + " header"));
      }
      anyone |= value.isPresent();
    }
    return anyone ? Optional.empty() : Optional.of(invalid("Recipient address required"));
  }

  private static String messageId(Call call) {
    return call.json()
        .map(body -> body.path("raw").textValue())
        .flatMap(GmailEndpoints::decode)
        .flatMap(mail -> mail.value("Message-ID"))
        .orElse(null);
  }

  private Reply search(Call call) {
    String asked = call.parameter("maxResults");
    int most = asked == null ? 100 : asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : -1;
    if (most < 0) {
      return invalid("Invalid value at 'max_results' (TYPE_UINT32), \"" + asked + "\"");
    }
    ObjectNode answer = Json.object();
    int hits = Math.min(HITS, Math.min(most, MOST_RESULTS));
    if (hits > 0) {
      ArrayNode messages = answer.putArray("messages");
      // Hits depend on the query only, so that a repeated search finds the same messages.
      long query = KeyHash.of("q=" + call.parameter("q"));
      for (int i = 0; i < hits; i++) {
        String id = Ids.hex16(KeyHash.mix(query + i));
        messages.addObject().put("id", id).put("threadId", id);
      }
    }
    return Reply.json(200, answer.put("resultSizeEstimate", hits));
  }

  private Reply profile(Call call) {
    ObjectNode profile = Json.object().put("emailAddress", "simulated@example.com");
    return Reply.json(200, profile.put("messagesTotal", 3).put("threadsTotal", 3));
  }

  private static Reply invalid(String message) {
    return GoogleErrors.error(400, message, "invalidArgument");
  }
}
