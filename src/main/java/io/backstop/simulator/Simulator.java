package io.backstop.simulator;

import io.backstop.config.StartupException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Stands in for the real services on one loopback port, each under its own path prefix, and for a
 * mail server on another. Faults can be changed while it runs, here or over HTTP. One event loop
 * answers everything but mail and never waits. Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 1024;

  /** Trello takes a card's whole text in the URL. */
  private static final int MAX_URL_BYTES = 64 * 1024;

  private final Map<EmulatedService, ServiceBooks> books = new EnumMap<>(EmulatedService.class);
  private final Map<EmulatedService, ServiceTraffic> traffic = new EnumMap<>(EmulatedService.class);
  private final SimulatorOptions options;
  private final ControlApi control = new ControlApi(this);
  private final Clock clock;
  private final Vertx vertx;
  private final HttpServer server;
  private volatile Instant since;

  /** Null while there is no mail server. */
  private volatile SmtpMailbox mailbox;

  private Simulator(SimulatorOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.since = clock.instant();
    this.vertx = vertx();
    for (EmulatedService service : EmulatedService.values()) {
      FaultPlan plan = options.faults().getOrDefault(service, FaultPlan.HEALTHY);
      ServiceBooks opened = new ServiceBooks(service, plan, clock);
      books.put(service, opened);
      if (service.speaksHttp()) {
        traffic.put(
            service,
            new ServiceTraffic(opened, () -> emulation(service), options.seed(), vertx, clock));
      }
    }
    if (options.recordedCalls() > 0) {
      recordCalls(options.recordedCalls());
    }
    this.server =
        vertx
            .createHttpServer(
                // The JDK's client asks to switch to HTTP/2.
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true)
                    .setMaxInitialLineLength(MAX_URL_BYTES)
                    .setAcceptBacklog(BACKLOG))
            .requestHandler(this::arrive);
  }

  /**
   * Starts listening before it returns.
   *
   * @throws StartupException when a port is in use or the mailbox cannot be made
   */
  public static Simulator start(SimulatorOptions options) {
    return start(options, Clock.systemUTC());
  }

  static Simulator start(SimulatorOptions options, Clock clock) {
    Simulator simulator = new Simulator(options, clock);
    try {
      simulator
          .server
          .listen(options.port(), LOOPBACK)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      simulator.close();
      throw new StartupException(
          "simulator cannot listen on "
              + LOOPBACK
              + ":"
              + options.port()
              + " ("
              + e.getCause().getMessage()
              + "): stop what uses the port or choose another with --port",
          e.getCause());
    }
    simulator.openMailbox();
    return simulator;
  }

  private void openMailbox() {
    try {
      ServiceBooks mail = books.get(EmulatedService.EMAIL);
      options
          .mailbox()
          .ifPresent(where -> mailbox = SmtpMailbox.open(where, mail, options.seed(), clock));
    } catch (StartupException e) {
      close();
      throw e;
    }
  }

  private static Vertx vertx() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setUseDaemonThread(true)
            .setFileSystemOptions(noFiles));
  }

  private ServiceEmulation emulation(EmulatedService service) {
    return switch (service) {
      case NOTION -> new NotionEndpoints();
      case TRELLO -> new TrelloEndpoints();
      case SLACK -> new SlackEndpoints();
      case DRIVE -> new DriveEndpoints();
      case SHEETS -> new SheetsEndpoints();
      case GMAIL -> new GmailEndpoints();
      case GOOGLE_TASKS -> new TasksEndpoints();
      case OAUTH2 -> new OAuthEndpoints();
      case WEBHOOK -> new WebhookEndpoints(options.webhookSecret(), clock);
      case EMAIL -> throw new IllegalArgumentException("a mail server does not speak HTTP");
    };
  }

  private void arrive(HttpServerRequest request) {
    String path = request.path();
    for (ServiceTraffic service : traffic.values()) {
      String prefix = service.service().prefix();
      if (path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
        service.arrive(request);
        return;
      }
    }
    control.arrive(request);
  }

  public int port() {
    return server.actualPort();
  }

  /** Where {@code /stats}, {@code /faults} and {@code /calls} are. */
  public URI baseUri() {
    return URI.create("http://" + LOOPBACK + ":" + port());
  }

  /**
   * What to configure as the service's base URL.
   *
   * @throws IllegalStateException for {@link EmulatedService#EMAIL} without a mailbox
   */
  public URI baseUri(EmulatedService service) {
    if (service == EmulatedService.EMAIL) {
      if (mailbox == null) {
        throw new IllegalStateException("this simulator was started without a mailbox");
      }
      return URI.create("smtp://" + LOOPBACK + ":" + mailbox.port());
    }
    return URI.create(baseUri() + service.prefix());
  }

  public SimulatorStats stats() {
    Map<String, SimulatorStats.Service> services = new TreeMap<>();
    long calls = 0;
    for (ServiceBooks service : books.values()) {
      SimulatorStats.Service snapshot = service.counters().snapshot();
      services.put(service.service().label(), snapshot);
      calls += snapshot.calls();
    }
    return new SimulatorStats(since, calls, services);
  }

  /**
   * Records each call from now on, and forgets those recorded before.
   *
   * @param capacity how many calls are kept for each service, the latest; at least 1
   */
  public void recordCalls(int capacity) {
    books.values().forEach(service -> service.record(capacity));
  }

  /** Records no more calls, and forgets those recorded. */
  public void stopRecordingCalls() {
    books.values().forEach(ServiceBooks::stopRecording);
  }

  /**
   * The recorded calls in the order of their arrival, those without an answer yet among them; none
   * while calls are not recorded. The first has sequence 1 unless older ones had to go.
   */
  public List<RecordedCall> calls(EmulatedService service) {
    return calls(service, 0);
  }

  /**
   * Those of them that arrived after one.
   *
   * @param since the sequence of that one
   */
  public List<RecordedCall> calls(EmulatedService service, long since) {
    return ledger(service)
        .map(recording -> recording.since(since, Integer.MAX_VALUE))
        .orElse(List.of());
  }

  Optional<CallLedger> ledger(EmulatedService service) {
    return books.get(service).ledger();
  }

  /**
   * Forgets everything but the faults: counts, keys, recorded calls, uploaded files, posted
   * messages. The sequence of random choices starts again, and that of recorded calls. Files of
   * mails stay.
   */
  public void resetStats() {
    books.values().forEach(ServiceBooks::reset);
    traffic.values().forEach(ServiceTraffic::reset);
    since = clock.instant();
  }

  public FaultPlan faults(EmulatedService service) {
    return books.get(service).faults();
  }

  /** Holds for every request that arrives from now on. */
  public void setFaults(EmulatedService service, FaultPlan plan) {
    books.get(service).faults(plan);
  }

  /** The same for all services. */
  public void setFaults(FaultPlan plan) {
    books.values().forEach(service -> service.faults(plan));
  }

  /** Stops listening, drops what has no answer yet, and returns when the ports are free. */
  @Override
  public void close() {
    SmtpMailbox open = mailbox;
    if (open != null) {
      open.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
