package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.torture.Disturbance.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shells in place of processors, and real signals. */
class SupervisorTest {
  private static final String RUNS = "echo 'Processing x'; exec sleep 600";
  private static final String STARTS = "exec sleep 600";

  @TempDir private Path directory;
  private final Journal journal = new Journal(InstantSource.system());
  private final Outages outages = new Outages(InstantSource.system());
  private final Deque<String> scripts = new ConcurrentLinkedDeque<>();
  private final Deque<ProcessorProcess> started = new ConcurrentLinkedDeque<>();
  private final Supervisor supervisor =
      new Supervisor(
          1,
          lines -> {
            String script = scripts.size() > 1 ? scripts.poll() : scripts.peek();
            List<String> command = List.of("sh", "-c", script);
            started.add(ProcessorProcess.start(command, directory.resolve("log"), lines));
            return started.getLast();
          },
          journal,
          outages,
          Duration.ofSeconds(2));

  @AfterEach
  void stop() {
    supervisor.stop();
  }

  @Test
  void shouldRecordAFreezeOfAProcessorThatStoodStillUntilTheThaw() {
    run(RUNS);

    assertThat(supervisor.freeze()).isEmpty();
    assertThat(supervisor.kill()).hasValue("it is frozen");
    assertThat(supervisor.freeze()).hasValue("it is frozen");
    assertThat(supervisor.thaw()).isEmpty();

    assertThat(kinds()).containsExactly(Kind.JOINED, Kind.FROZEN);
    assertThat(supervisor.kill()).isEmpty();
  }

  @Test
  void shouldNotRecordAFreezeThatTheProcessorDidNotOutlive() {
    scripts.add(RUNS);
    run(STARTS);
    assertThat(supervisor.freeze()).isEmpty();

    started.getFirst().kill();
    await().until(() -> started.size() == 2);

    assertThat(supervisor.thaw()).hasValue("it ended while it was frozen");
    assertThat(kinds()).doesNotContain(Kind.FROZEN);
  }

  @Test
  void shouldLeaveAProcessorAloneThatIsOnlyStarting() {
    scripts.add(STARTS);
    supervisor.start();

    assertThat(supervisor.kill()).hasValue("it is only starting");
    assertThat(supervisor.freeze()).hasValue("it is only starting");
    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldExcuseAStartThatFailsInAnOutageButNoProcessorThatRuns() {
    outages.begin();
    scripts.add("exit 3");
    scripts.add("echo 'Processing x'; exit 4");
    scripts.add(STARTS);
    supervisor.start();

    await().until(() -> started.size() == 3);
    assertThat(journal.seen())
        .extracting(Object::toString)
        .containsExactly("GAVE_UP: processor 1 ended by itself with exit code 4 while it ran");
  }

  @Test
  void shouldNotExcuseAStartThatFailsWithoutAnOutage() {
    scripts.add("exit 3");
    scripts.add(STARTS);
    supervisor.start();

    await().until(() -> started.size() == 2);
    assertThat(journal.seen()).extracting(Violation::kind).containsExactly(Violation.Kind.GAVE_UP);
  }

  @Test
  void shouldReportAProcessorThatDoesNotEndInOrder() {
    run("trap '' TERM; " + RUNS);

    supervisor.stop();

    assertThat(started.getLast().isAlive()).isFalse();
    assertThat(journal.seen())
        .extracting(Violation::kind)
        .containsExactly(Violation.Kind.FORCED_STOP);
  }

  @Test
  void shouldReportNothingWhereItEndsInOrder() {
    run(RUNS);

    supervisor.stop();

    assertThat(journal.seen()).isEmpty();
  }

  /** Starts what was added last, or first if more was added before. */
  private void run(String script) {
    scripts.add(script);
    supervisor.start();
    await().until(() -> supervisor.running().isDone());
  }

  private List<Kind> kinds() {
    return journal.disturbances().stream().map(Disturbance::kind).toList();
  }
}
