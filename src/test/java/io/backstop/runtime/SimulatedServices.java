package io.backstop.runtime;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Latency;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All services over their real protocols, and directories for the file targets; with the settings
 * that lead the real executors there.
 */
final class SimulatedServices implements AutoCloseable {
  static final String TRELLO_LIST = "5f0c8a1b2c3d4e5f6a7b8c9d";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final int RECORDED_CALLS = 100_000;
  private static final List<EmulatedService> BY_TOKEN =
      List.of(
          EmulatedService.NOTION,
          EmulatedService.TRELLO,
          EmulatedService.SLACK,
          EmulatedService.DRIVE,
          EmulatedService.SHEETS,
          EmulatedService.GMAIL,
          EmulatedService.GOOGLE_TASKS);

  final Simulator simulator;
  private final Path directory;

  /**
   * @param directory gets a directory for each file target, and the mailbox
   */
  SimulatedServices(Path directory) {
    this.directory = directory;
    simulator =
        Simulator.start(
            SimulatorOptions.ephemeral()
                .recordingCalls(RECORDED_CALLS)
                .receivingMail(directory.resolve("mailbox"))
                .checkingWebhooks(SECRET));
  }

  /**
   * @param further full configuration keys and values
   */
  String[] settings(String... further) {
    List<String> settings = new ArrayList<>();
    for (EmulatedService service : BY_TOKEN) {
      add(settings, service.label(), "base-url", simulator.baseUri(service).toString());
      add(settings, service.label(), "token", "a-token");
    }
    add(settings, "trello", "api-key", "a-key");
    add(settings, "webhook", "base-url", simulator.baseUri(EmulatedService.WEBHOOK).toString());
    add(settings, "webhook", "signing-secret", SECRET);
    add(settings, "email", "base-url", simulator.baseUri(EmulatedService.EMAIL).toString());
    add(settings, "email", "sender", "backstop@example.com");
    add(settings, "email", "options.starttls", "off");
    for (String files : List.of("csv", "local", "file")) {
      add(settings, files, "directory", directory.resolve(files).toString());
    }
    String targets = "backstop.fallback.targets.";
    settings.addAll(List.of(targets + "\"trello:createCard\".container", TRELLO_LIST));
    settings.addAll(List.of(targets + "\"email:notification\".recipients", "ops@example.com"));
    settings.addAll(List.of(further));
    return settings.toArray(String[]::new);
  }

  private static void add(List<String> settings, String service, String name, String value) {
    settings.add("backstop.services." + service + "." + name);
    settings.add(value);
  }

  /** These fail every call, the others none. */
  void onlyDown(EmulatedService... services) {
    onlyDown(Duration.ZERO, services);
  }

  /** The same; all take their time. */
  void onlyDown(Duration latency, EmulatedService... services) {
    FaultPlan well = FaultPlan.HEALTHY.withLatency(new Latency.Fixed(latency.toMillis()));
    simulator.setFaults(well);
    FaultPlan down = well.with(Failure.error(1, 503));
    Stream.of(services).forEach(service -> simulator.setFaults(service, down));
  }

  /** How often something was changed there. */
  long effects(EmulatedService service) {
    return simulator.stats().service(service).effects().total();
  }

  /**
   * The text of the files of a file target, or of the mails, in the order of their paths.
   *
   * @param below csv, local, file or mailbox
   */
  List<String> files(String below) {
    Path where = directory.resolve(below);
    if (!Files.exists(where)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(where)) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(SimulatedServices::isVisible).sorted().toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isVisible(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
