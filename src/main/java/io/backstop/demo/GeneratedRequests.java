package io.backstop.demo;

import io.backstop.client.ActionFamilies;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.RequestParser;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * As many requests as are asked for, from templates of all actions. One seed gives the same ones
 * every time. Not thread-safe.
 */
final class GeneratedRequests {
  private static final long SEED = 20261122;
  private static final double REFUSED_SHARE = 0.01;
  private static final double DUPLICATE_SHARE = 0.02;
  private static final int FIRST_NUMBER = 1000;

  private final Random random = new Random(SEED);
  private final List<String> templates = JsonLines.bundled("templates.jsonl");
  private final List<String> refused = JsonLines.bundled("refused.jsonl");
  private final Targets targets;
  private final RequestParser parser;
  private String last;
  private int number = FIRST_NUMBER;

  GeneratedRequests(Targets targets) {
    this.targets = targets;
    this.parser = new RequestParser(ActionFamilies.installed(), this::newRequestId);
  }

  /**
   * The next one: mostly new; sometimes one that names what the service does not have; sometimes a
   * duplicate of the one before, with an id of its own.
   */
  DemoRequest next() {
    number++;
    double draw = random.nextDouble();
    if (last == null || draw >= DUPLICATE_SHARE) {
      boolean refusal = draw >= 1 - REFUSED_SHARE;
      last = filled(refusal ? refused : templates);
    }
    try {
      return DemoRequest.Readable.of(parser.parse(last), targets);
    } catch (InvalidRequestException e) {
      throw new IllegalStateException("a template of the demo: " + e.getMessage(), e);
    }
  }

  private String filled(List<String> choices) {
    String key = "{\"idempotencyKey\":\"demo-" + number + "\",";
    return choices
        .get(random.nextInt(choices.size()))
        .replaceFirst("\\{", key)
        .replace("{n}", Integer.toString(number))
        .replace("{hex}", "%016x%08x".formatted(random.nextLong(), random.nextInt()))
        .replace("{uuid}", new UUID(random.nextLong(), random.nextLong()).toString());
  }

  private String newRequestId() {
    return "demo-request-" + number;
  }
}
