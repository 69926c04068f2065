package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.TaskPayload;
import io.backstop.testing.TestConfig;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Requests and configured places for the tests of this package. */
final class SampleRequests {
  private static final String TARGETS = "backstop.fallback.targets.";

  /** The built-in fallback targets and some of one's own, by what they take. */
  static final Map<String, PayloadFamily> FALLBACKS =
      Map.ofEntries(
          Map.entry("notion:createPage", PayloadFamily.TASK),
          Map.entry("trello:createCard", PayloadFamily.TASK),
          Map.entry("google-tasks:create", PayloadFamily.TASK),
          Map.entry("acme:task", PayloadFamily.TASK),
          Map.entry("slack:postMessage", PayloadFamily.MESSAGE),
          Map.entry("email:notification", PayloadFamily.MESSAGE),
          Map.entry("gmail:send", PayloadFamily.MESSAGE),
          Map.entry("webhook:post", PayloadFamily.MESSAGE),
          Map.entry("console:log", PayloadFamily.MESSAGE),
          Map.entry("acme:message", PayloadFamily.MESSAGE),
          Map.entry("drive:upload", PayloadFamily.FILE),
          Map.entry("file:write", PayloadFamily.FILE),
          Map.entry("local:backup", PayloadFamily.FILE),
          Map.entry("sheets:append", PayloadFamily.TABLE),
          Map.entry("csv:log", PayloadFamily.TABLE),
          Map.entry("acme:any", PayloadFamily.GENERIC));

  private SampleRequests() {}

  static Conversions conversions(String... keysAndValues) {
    return new Conversions(TestConfig.with(keysAndValues).fallback().targets());
  }

  static Conversions withAllPlaces() {
    return conversions(
        TARGETS + "\"notion:createPage\".container", "db1",
        TARGETS + "\"trello:createCard\".container", "list1",
        TARGETS + "\"slack:postMessage\".recipients", "C1",
        TARGETS + "\"email:notification\".recipients", "ops@example.com",
        TARGETS + "\"gmail:send\".recipients", "ops@example.com",
        TARGETS + "\"sheets:append\".document", "sheet1",
        TARGETS + "\"sheets:append\".range", "Log!A1");
  }

  static ActionRequest request(String action, Object payload) {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction(action)
        .setPayload(payload)
        .setPolicy(PolicyOverrides.newBuilder().build())
        .build();
  }

  static ActionRequest task(String action) {
    return request(action, TaskPayload.newBuilder().setTitle("Paint the door").build());
  }

  static Converted.Ready ready(Conversions conversions, ActionRequest request, String target) {
    return (Converted.Ready) conversions.convert(request, target, FALLBACKS.get(target));
  }

  static String refusal(Conversions conversions, ActionRequest request, String target) {
    return ((Converted.Refused) conversions.convert(request, target, FALLBACKS.get(target)))
        .reason();
  }

  /** Any request of any family, each of its fields with a text that no other one has. */
  static Arbitrary<ActionRequest> any() {
    return Arbitraries.lazyOf(
        SamplePayloads::tasks,
        SamplePayloads::messages,
        SamplePayloads::files,
        SamplePayloads::tables,
        SamplePayloads::questions,
        SamplePayloads::generics);
  }
}
