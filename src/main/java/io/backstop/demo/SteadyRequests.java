package io.backstop.demo;

import io.backstop.client.ActionFamilies;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.RequestParser;
import io.backstop.executor.Targets;
import java.util.List;

/**
 * Requests one after the other from a file of templates, over and over, each with a key of its own.
 * The payload of a template without a number in it is the same each time. Not thread-safe.
 */
final class SteadyRequests {
  private final Targets targets;
  private final String name;
  private final List<String> templates;
  private final RequestParser parser;
  private int number;

  /**
   * @param name of the file; ids and keys begin with it
   */
  SteadyRequests(Targets targets, String name) {
    this.targets = targets;
    this.name = name;
    this.templates = JsonLines.bundled(name + ".jsonl");
    this.parser = new RequestParser(ActionFamilies.installed(), this::id);
  }

  DemoRequest next() {
    String template = templates.get(number % templates.size());
    number++;
    String line =
        template
            .replaceFirst("\\{", "{\"idempotencyKey\":\"" + id() + "\",")
            .replace("{n}", Integer.toString(number));
    try {
      return DemoRequest.Readable.of(parser.parse(line), targets);
    } catch (InvalidRequestException e) {
      throw new IllegalStateException("a template of the demo: " + e.getMessage(), e);
    }
  }

  private String id() {
    return name + "-" + number;
  }
}
