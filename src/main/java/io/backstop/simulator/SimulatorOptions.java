package io.backstop.simulator;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a simulator starts.
 *
 * @param port on the loopback interface; 0 takes a free one
 * @param seed decides every random choice, so that two runs with one seed and the same calls agree
 * @param faults by service; a service without an entry answers at once and never fails
 * @param recordedCalls how many of the latest calls to each service are recorded; 0 for none
 * @param mailbox the mail server; there is none where it is empty
 * @param webhookSecret signs the webhooks ({@code whsec_} and base64); where it is empty, they are
 *     taken unchecked
 */
public record SimulatorOptions(
    int port,
    long seed,
    Map<EmulatedService, FaultPlan> faults,
    int recordedCalls,
    Optional<MailboxOptions> mailbox,
    Optional<String> webhookSecret) {

  public static final int DEFAULT_PORT = 8090;

  /** Calls of 50 seconds at 5,000 per second; some 60 MB for each service that is so busy. */
  public static final int DEFAULT_RECORDED_CALLS = 250_000;

  public static final int MAX_RECORDED_CALLS = 10_000_000;

  public SimulatorOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
    if (recordedCalls < 0 || recordedCalls > MAX_RECORDED_CALLS) {
      throw new IllegalArgumentException(
          "recordedCalls " + recordedCalls + " is not between 0 and " + MAX_RECORDED_CALLS);
    }
    faults = Map.copyOf(faults);
  }

  /** Without recording calls, a mail server, and a check of webhooks. */
  public SimulatorOptions(int port, long seed, Map<EmulatedService, FaultPlan> faults) {
    this(port, seed, faults, 0, Optional.empty(), Optional.empty());
  }

  /** The same with the latest calls recorded. */
  public SimulatorOptions recordingCalls(int newRecordedCalls) {
    return new SimulatorOptions(port, seed, faults, newRecordedCalls, mailbox, webhookSecret);
  }

  /** The same with a mail server on a free port. */
  public SimulatorOptions receivingMail(Path directory) {
    return receivingMail(new MailboxOptions(0, directory));
  }

  /** The same with a mail server. */
  public SimulatorOptions receivingMail(MailboxOptions newMailbox) {
    return new SimulatorOptions(
        port, seed, faults, recordedCalls, Optional.of(newMailbox), webhookSecret);
  }

  /** The same with webhooks refused that are not signed with this secret. */
  public SimulatorOptions checkingWebhooks(String secret) {
    return new SimulatorOptions(port, seed, faults, recordedCalls, mailbox, Optional.of(secret));
  }

  /** A free port, seed 1 and no faults. */
  public static SimulatorOptions ephemeral() {
    return new SimulatorOptions(0, 1, Map.of());
  }
}
