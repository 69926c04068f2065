package io.backstop.executor.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.StubbedService;
import io.backstop.executor.TestServiceConfig;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import io.backstop.simulator.SimulatorStats;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks as a receiver takes them that was written by the standard, apart from the sender. */
class SimulatedReceiverTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private Simulator simulator;
  private StubbedService caller;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral().checkingWebhooks(SECRET));
    caller = new StubbedService();
  }

  @AfterEach
  void stop() {
    caller.close();
    simulator.close();
  }

  private Outcome post(String path, String secret) throws Exception {
    return caller.execute(
        new WebhookPost(),
        MessagePayload.newBuilder().setText("Order 7 is late – 請求書").build(),
        TestServiceConfig.at(simulator.baseUri(EmulatedService.WEBHOOK) + path)
            .with("signing-secret", secret),
        Duration.ofSeconds(20));
  }

  private SimulatorStats.Service seen() {
    return simulator.stats().service(EmulatedService.WEBHOOK);
  }

  @Test
  void shouldTakeSignedWebhooksAndKnowARepeat() throws Exception {
    Outcome first = post("", SECRET);
    Outcome repeat = post("/orders", OTHER + " " + SECRET);

    assertThat(first).isInstanceOf(Outcome.Succeeded.class);
    assertThat(repeat).isInstanceOf(Outcome.Succeeded.class);
    assertThat(seen().endpoints()).containsOnlyKeys("receive");
    assertThat(seen().keys()).isEqualTo(new SimulatorStats.Keys(1, 1, 0));
    assertThat(seen().effects()).isEqualTo(new SimulatorStats.Effects(2, 1));
  }

  @Test
  void shouldRefuseASignatureByAnotherSecret() throws Exception {
    Outcome outcome = post("", OTHER);

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.VALIDATION)
        .hasFieldOrPropertyWithValue("message", "no matching signature");
    assertThat(seen().effects().total()).isZero();
  }

  @Test
  void shouldFailAsItIsSet() throws Exception {
    simulator.setFaults(EmulatedService.WEBHOOK, FaultPlan.HEALTHY.with(Failure.rateLimited(1, 7)));

    Outcome outcome = post("", SECRET);

    assertThat(((Outcome.Retryable) outcome).retryAfter()).contains(Duration.ofSeconds(7));
  }
}
