package io.backstop.demo;

import io.backstop.client.ActionFamilies;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.RequestParser;
import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundled sample: all actions, duplicates, a request that is refused, and a record that is no
 * request. {@code publish} takes the same file.
 *
 * @param first to be published at the start
 * @param repeats duplicates of finished requests: to be published when all of {@code first} have
 *     their outcome. In the file a blank line stands between the two.
 */
record SampleRequests(List<DemoRequest> first, List<DemoRequest> repeats) {
  static final String FILE = "requests.jsonl";

  static SampleRequests bundled(Targets targets) {
    List<String> lines = JsonLines.bundled(FILE);
    int blank = lines.indexOf("");
    var first = new ArrayList<>(parsed(lines.subList(0, blank), targets));
    first.add(new DemoRequest.PlainJson(lines.get(0)));
    return new SampleRequests(
        List.copyOf(first), parsed(lines.subList(blank + 1, lines.size()), targets));
  }

  int size() {
    return first.size() + repeats.size();
  }

  private static List<DemoRequest> parsed(List<String> lines, Targets targets) {
    var parser = new RequestParser(ActionFamilies.installed(), () -> "sample");
    var requests = new ArrayList<DemoRequest>();
    for (String line : lines) {
      try {
        requests.add(DemoRequest.Readable.of(parser.parse(line), targets));
      } catch (InvalidRequestException e) {
        throw new IllegalStateException("a line of demo/" + FILE + ": " + e.getMessage(), e);
      }
    }
    return requests;
  }
}
