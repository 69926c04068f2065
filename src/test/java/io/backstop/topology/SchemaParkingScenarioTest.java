package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.Priority;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request whose schema is not known here yet waits for it, and is not lost. */
class SchemaParkingScenarioTest {
  @TempDir private Path stateDir;
  private final FlakyRegistry registry = new FlakyRegistry();
  private ActionScenario flow;
  private int schemaId;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            ActionScenario.START,
            registry,
            List.of(new Faulty()),
            "backstop.execution.max-concurrent-calls",
            "100000");
    // the same fields with another doc: a version of its own for the registry
    Schema.Parser parser = new Schema.Parser();
    String json = ActionRequest.getClassSchema().toString().replace("One action", "An action");
    schemaId = flow.register("other-value", parser.parse(json));
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldExecuteRequestsInOrderOnceTheirSchemaIsFetched() {
    registry.away = true;
    for (int i = 0; i < 2_500; i++) {
      flow.publish(null, withOtherSchema(request("r-" + i)));
    }
    assertThat(flow.calls).isEmpty();
    registry.away = false;

    eventually(() -> assertThat(flow.calls).hasSize(2_500));
    assertThat(flow.calls)
        .extracting(call -> Integer.valueOf(call.request().getRequestId().substring(2)))
        .isSorted();
    assertThat(flow.storedRecords("awaiting-schema")).isZero();
  }

  @Test
  void shouldTryAgainWhileTheRegistryDoesNotAnswer() {
    registry.away = true;
    flow.publish(null, withOtherSchema(request("r-1")));
    eventually(() -> assertThat(registry.refused).isGreaterThanOrEqualTo(2));
    assertThat(flow.deadLetters()).isEmpty();
    assertThat(flow.storedRecords("awaiting-schema")).isEqualTo(1);

    registry.away = false;

    eventually(() -> assertThat(flow.calls).hasSize(1));
  }

  @Test
  void shouldKeepWhatWaitsOverARestart() {
    registry.away = true;
    flow.publish(null, withOtherSchema(request("r-1")));
    flow.publish(null, withOtherSchema(request("r-2")));
    flow = flow.restart(Duration.ofSeconds(-5));
    flow.publish(null, withOtherSchema(request("r-3")));

    registry.away = false;

    eventually(() -> assertThat(flow.calls).hasSize(3));
  }

  @Test
  void shouldDeadLetterAParkedRequestOnWhichItsTargetFails() {
    flow.publish(null, withOtherSchema(request("r-1", "faulty:judge", Priority.HIGH)));

    var letter =
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .until(
                () -> {
                  flow.tick(Duration.ofMillis(20));
                  return flow.deadLetters();
                },
                letters -> letters.size() == 1)
            .get(0);
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.INTERNAL);
    assertThat(letter.getReason()).contains("faulty:judge", "defect of the target");
    assertThat(letter.getId()).isEqualTo("actions.requests-0-0");
  }

  private void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              flow.tick(Duration.ofMillis(100));
              assertion.run();
            });
  }

  private byte[] withOtherSchema(ActionRequest request) {
    byte[] value = flow.requestEncoder.encode(request);
    ByteBuffer.wrap(value).putInt(1, schemaId);
    return value;
  }

  /** A registry that can be away. */
  private static final class FlakyRegistry extends MockSchemaRegistryClient {
    private volatile boolean away;
    private volatile int refused;

    FlakyRegistry() {
      super(List.of(new AvroSchemaProvider()));
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
      if (away) {
        refused = refused + 1;
        throw new IOException("connection refused");
      }
      return super.getSchemaById(id);
    }
  }

  /** A target with a defect. */
  private static final class Faulty implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("faulty:judge", PayloadFamily.TASK);
    }

    @Override
    public List<String> problems(ActionRequest request) {
      throw new IllegalStateException("cannot judge");
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
