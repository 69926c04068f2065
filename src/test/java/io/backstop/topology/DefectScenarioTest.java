package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.Priority;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A defect of a target or of the processor costs one dead letter, never two outcomes or none. */
class DefectScenarioTest {
  enum Defect {
    THROWS(
        () -> {
          throw new IllegalStateException("broken");
        }),
    THROWS_A_LINKAGE_ERROR(
        () -> {
          throw new NoClassDefFoundError("gone");
        }),
    OVERFLOWS_THE_STACK(
        () -> {
          throw new StackOverflowError();
        }),
    GIVES_NOTHING(() -> null),
    COMPLETES_WITH_NOTHING(() -> java.util.concurrent.CompletableFuture.completedFuture(null)),
    COMPLETES_WITH_AN_ERROR(
        () -> java.util.concurrent.CompletableFuture.failedFuture(new AssertionError("no"))),
    CANCELS_ITSELF(
        () -> {
          var cancelled = new java.util.concurrent.CompletableFuture<Outcome>();
          cancelled.cancel(true);
          return cancelled;
        });

    private final Supplier<CompletionStage<Outcome>> execution;

    Defect(Supplier<CompletionStage<Outcome>> execution) {
      this.execution = execution;
    }
  }

  /** A target with the defect of the moment. */
  private static final class Defective implements ActionExecutor {
    private Defect defect = Defect.THROWS;

    @Override
    public Target target() {
      return new Target("defective:run", PayloadFamily.TASK);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      return defect.execution.get();
    }
  }

  @TempDir private Path stateDir;
  private final Defective target = new Defective();
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow = new ActionScenario(stateDir, List.of(target));
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldDeadLetterWhatADefectiveTargetWasGiven(Defect defect) {
    target.defect = defect;
    flow.publish(request("r-1", "defective:run", Priority.MEDIUM));
    flow.tick();
    flow.publish(request("r-2"));
    flow.calls.get(0).succeed("{}");
    flow.tick();

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.INTERNAL);
    assertThat(letter.getRequest().getRequestId()).isEqualTo("r-1");
    assertThat(letter.getAttempts()).hasSize(1);
    assertThat(only(flow.results()).getRequestId()).isEqualTo("r-2");
    assertThat(flow.storedRecords("in-flight")).isZero();
    assertThat(flow.gate.inFlight()).isZero();
  }

  @Test
  void shouldDeadLetterTheRightRecordWhenItsResultCannotBeWrittenInAPunctuation() {
    flow.publish(request("other"));
    flow.publish(request("r-1"));
    flow.calls.get(1).succeed(ActionScenario.UNWRITABLE);
    flow.tick();

    assertUnwritable("actions.requests-0-1");
  }

  @Test
  void shouldDeadLetterTheRightRecordWhenItsResultCannotBeWrittenWhileAnotherIsRead() {
    flow.publish(request("r-1"));
    flow.calls.get(0).succeed(ActionScenario.UNWRITABLE);
    flow.publish(request("another"));

    assertUnwritable("actions.requests-0-0");
  }

  private void assertUnwritable(String id) {
    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getId()).isEqualTo(id);
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.INTERNAL);
    assertThat(letter.getReason())
        .contains("could not be written", "may have been done", "look at the service");
    assertThat(flow.results()).extracting(ActionResult::getRequestId).isEmpty();
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
