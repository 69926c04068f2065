package io.backstop.cli;

import io.backstop.config.StartupException;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultFlags;
import io.backstop.simulator.InvalidFaultException;
import io.backstop.simulator.MailboxOptions;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the simulator of the services until it is interrupted. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = {
      "Stands in for Notion, Trello, Slack, Drive, Sheets, Gmail, Google Tasks, Google's token",
      "endpoint, a receiver of webhooks and, with --mailbox, a mail server.",
      "Faults given here hold from the start; PUT /faults/{service} changes them at run time.",
      "PUT /calls records when each call came; GET /calls?service=notion&since=0 shows it.",
      "SERVICE is notion, trello, slack, drive, sheets, gmail, google-tasks, oauth2, webhook,",
      "email or all."
    })
public final class SimulatorCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + SimulatorOptions.DEFAULT_PORT,
      description = "Port on the loopback interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Decides every random choice; runs with one seed agree (default: 1).")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "JSON file with fault plans by service, as GET /faults shows them.")
  private Path faultsFile;

  @Option(
      names = "--latency",
      paramLabel = "[SERVICE=]SPEC",
      description = {
        "Time to answer in milliseconds: 20, uniform:10-50, normal:MEAN-STDDEV,",
        "exponential:MEAN or lognormal:MEDIAN-P99. Repeatable."
      })
  private List<String> latencies = List.of();

  @Option(
      names = "--errors",
      paramLabel = "[SERVICE=]RATE[:STATUS[:RETRY_AFTER]]",
      description = "Share of requests that fail, e.g. slack=0.1:429:2 (default status: 500).")
  private List<String> errors = List.of();

  @Option(
      names = "--hang",
      paramLabel = "[SERVICE=]RATE",
      description = "Share of requests that never get an answer.")
  private List<String> hangs = List.of();

  @Option(
      names = "--reset",
      paramLabel = "[SERVICE=]RATE",
      description = "Share of requests whose connection is reset.")
  private List<String> resets = List.of();

  @Option(
      names = "--outage",
      paramLabel = "SERVICE",
      description = "Service that answers 503 to everything.")
  private List<String> outages = List.of();

  @Option(
      names = "--mailbox",
      paramLabel = "DIRECTORY",
      description = "Serves SMTP too, and writes each mail to an .eml file in this directory.")
  private Path mailbox;

  @Option(
      names = "--smtp-port",
      paramLabel = "PORT",
      defaultValue = "" + MailboxOptions.DEFAULT_PORT,
      description = "Port of the mail server, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int smtpPort;

  @Option(
      names = "--webhook-secret",
      paramLabel = "SECRET",
      description = "Refuses webhooks that are not signed with it (whsec_ and base64).")
  private String webhookSecret;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try (Simulator simulator = Simulator.start(options())) {
      Thread closer = new Thread(simulator::close, "simulator-shutdown");
      Runtime.getRuntime().addShutdownHook(closer);
      print(simulator);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private SimulatorOptions options() {
    if (port < 0 || port > 65535) {
      throw new StartupException("--port " + port + " is not between 0 and 65535");
    }
    if (smtpPort < 0 || smtpPort > 65535) {
      throw new StartupException("--smtp-port " + smtpPort + " is not between 0 and 65535");
    }
    FaultFlags flags = new FaultFlags();
    try {
      if (faultsFile != null) {
        flags.json(Files.readAllBytes(faultsFile));
      }
      latencies.forEach(flags::latency);
      errors.forEach(flags::errors);
      hangs.forEach(flags::hang);
      resets.forEach(flags::reset);
      outages.forEach(flags::outage);
    } catch (IOException e) {
      throw new StartupException("--faults " + faultsFile + " cannot be read: " + e, e);
    } catch (InvalidFaultException e) {
      throw new StartupException("wrong fault, " + e.getMessage(), e);
    }
    SimulatorOptions options = new SimulatorOptions(port, seed, flags.plans());
    if (mailbox != null) {
      CheckoutOnly.requireMailServer();
      options = options.receivingMail(new MailboxOptions(smtpPort, mailbox));
    }
    return webhookSecret == null ? options : options.checkingWebhooks(webhookSecret);
  }

  private void print(Simulator simulator) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Simulator on " + simulator.baseUri() + " (Ctrl-C stops it)");
    for (EmulatedService service : EmulatedService.values()) {
      if (service != EmulatedService.EMAIL || mailbox != null) {
        out.printf("  %-12s %s%n", service.label(), simulator.baseUri(service));
      }
    }
    out.println("  counts       GET " + simulator.baseUri() + "/stats");
    out.println("  calls        GET|PUT|DELETE " + simulator.baseUri() + "/calls?service=notion");
    out.println("  faults       GET|PUT|DELETE " + simulator.baseUri() + "/faults/{service}");
    out.flush();
  }
}
