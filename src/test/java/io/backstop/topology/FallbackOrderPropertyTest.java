package io.backstop.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import io.backstop.action.TaskPayload;
import io.backstop.topology.PlannedTarget.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.test.TestRecord;

/**
 * FallbackOrder and NoLostRequest: whatever targets fail, each request ends in its first step that
 * works, or in one dead letter with the whole history.
 */
class FallbackOrderPropertyTest {
  private static final int REQUESTS = 60;
  private static final String PRIMARY = "one:do";
  private static final List<String> FALLBACKS = List.of("two:do", "three:do", "four:do");

  private final Map<String, Map<String, Behaviour>> plans = new HashMap<>();
  private final Map<String, ActionRequest> requests = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();

  @Property(tries = 12)
  void shouldEndInTheFirstStepThatWorksOrInOneDeadLetterWithTheWholeHistory(@ForAll long seed)
      throws IOException {
    plans.clear();
    requests.clear();
    calls.clear();
    Random random = new Random(seed);
    Path directory = Files.createTempDirectory("cascade");
    try (var flow =
        new ActionScenario(
            directory.resolve("state"),
            targets(),
            "backstop.retry.max-attempts",
            "1",
            "backstop.execution.timeout",
            "1s",
            "backstop.circuit.failure-threshold",
            "1000",
            "backstop.fallback.skip.failures",
            "0",
            "backstop.fallback.parking.max-parks",
            "0")) {
      for (int index = 0; index < REQUESTS; index++) {
        publish(flow, random, "r-" + index);
        if (random.nextInt(4) == 0) {
          flow.tick();
        }
      }
      for (int step = 0; step <= FALLBACKS.size() + 1; step++) {
        flow.tick(PlannedTarget.PATIENCE);
      }

      Map<String, ActionResult> results =
          byId(flow.resultRecords().stream().map(TestRecord::value).toList());
      Map<String, DeadLetter> letters = lettersById(flow.deadLetters());
      requests.forEach((id, request) -> assertOutcome(request, results.get(id), letters.get(id)));
      assertThat(results.size() + letters.size()).isEqualTo(REQUESTS);
      assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
      assertThat(flow.storedRecords(StoreNames.WAITING)).isZero();
    } finally {
      delete(directory);
    }
  }

  private List<PlannedTarget> targetsOf(Stream<String> names) {
    return names.map(name -> new PlannedTarget(name, plans, calls)).toList();
  }

  private List<io.backstop.executor.ActionExecutor> targets() {
    return List.copyOf(targetsOf(Stream.concat(Stream.of(PRIMARY), FALLBACKS.stream())));
  }

  private void publish(ActionScenario flow, Random random, String id) {
    List<String> steps = new ArrayList<>(FALLBACKS);
    Collections.shuffle(steps, random);
    steps = new ArrayList<>(steps.subList(0, random.nextInt(steps.size() + 1)));
    for (String inPlace : List.of("cached-result", "queue:retry", "skip", "default-value")) {
      if (random.nextInt(5) == 0) {
        steps.add(random.nextInt(steps.size() + 1), inPlace);
      }
    }
    Map<String, Behaviour> plan = new HashMap<>();
    for (String target : Stream.concat(Stream.of(PRIMARY), FALLBACKS.stream()).toList()) {
      Behaviour[] all = Behaviour.values();
      plan.put(target, all[random.nextInt(all.length)]);
    }
    plans.put(id, plan);
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId(id)
            .setIdempotencyKey(id)
            .setAction(PRIMARY)
            .setPayload(TaskPayload.newBuilder().setTitle("Title of " + id).build())
            .setPolicy(
                PolicyOverrides.newBuilder()
                    .setFallbackSteps(steps)
                    .setAllowSkip(random.nextInt(4) == 0)
                    .build())
            .build();
    requests.put(id, request);
    flow.publish(request);
  }

  private void assertOutcome(ActionRequest request, ActionResult result, DeadLetter letter) {
    String id = request.getRequestId();
    List<String> tried = new ArrayList<>();
    String done = expected(request, tried);
    assertThat(calls.stream().filter(call -> call.startsWith(id + " ")).toList())
        .as("calls of %s", request)
        .isEqualTo(
            tried.stream().filter(step -> step.contains(":do")).map(s -> id + " " + s).toList());
    if (done == null) {
      assertThat(result).as("result of %s", request).isNull();
      assertThat(letter).as("letter of %s", request).isNotNull();
      assertThat(targets(letter.getAttempts())).as(letter.getReason()).isEqualTo(tried);
      return;
    }
    assertThat(letter).as("letter of %s", request).isNull();
    assertThat(result).as("result of %s", request).isNotNull();
    if (done.equals("skip")) {
      assertThat(result.getStatus()).isEqualTo(ResultStatus.SKIPPED);
      return;
    }
    assertThat(targets(result.getAttempts())).isEqualTo(tried);
    assertThat(result.getExecutedBy()).isEqualTo(done);
    assertThat(result.getExecutedViaFallback()).isEqualTo(!done.equals(PRIMARY));
    assertThat(result.getFallbackAction()).isEqualTo(done.equals(PRIMARY) ? null : done);
  }

  /** The step that does the request; null for none. */
  private String expected(ActionRequest request, List<String> tried) {
    Map<String, Behaviour> plan = plans.get(request.getRequestId());
    tried.add(PRIMARY);
    if (plan.get(PRIMARY) == Behaviour.SUCCEEDS) {
      return PRIMARY;
    }
    List<String> steps = new ArrayList<>(request.getPolicy().getFallbackSteps());
    if (request.getPolicy().getAllowSkip() && !steps.contains("skip")) {
      steps.add("skip");
    }
    for (String step : steps) {
      if (step.equals("skip") && request.getPolicy().getAllowSkip()) {
        return "skip";
      }
      tried.add(step);
      if (plan.get(step) == Behaviour.SUCCEEDS) {
        return step;
      }
    }
    return null;
  }

  private static List<String> targets(List<Attempt> attempts) {
    return attempts.stream().map(Attempt::getTarget).toList();
  }

  private static Map<String, ActionResult> byId(List<ActionResult> results) {
    var byId = new HashMap<String, ActionResult>();
    results.forEach(each -> assertThat(byId.put(each.getRequestId(), each)).isNull());
    return byId;
  }

  private static Map<String, DeadLetter> lettersById(List<DeadLetter> letters) {
    var byId = new HashMap<String, DeadLetter>();
    letters.forEach(each -> assertThat(byId.put(each.getRequest().getRequestId(), each)).isNull());
    return byId;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
