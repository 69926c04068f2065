package io.backstop.devcluster.registry;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import io.backstop.config.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry in this process with Confluent's HTTP API, for Avro, on the loopback interface
 * only. Parsing and compatibility are Confluent's own code, so what it accepts, production accepts.
 */
public final class DevRegistry implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;
  private final SchemaJournal journal;

  private DevRegistry(HttpServer server, ExecutorService threads, SchemaJournal journal) {
    this.server = server;
    this.threads = threads;
    this.journal = journal;
  }

  /**
   * Starts the registry and returns when it answers.
   *
   * @throws StartupException when the port is in use or the directory cannot be used
   */
  public static DevRegistry start(DevRegistryOptions options) {
    var server = bind(options);
    var store = new SchemaStore();
    SchemaJournal journal;
    try {
      journal =
          options
              .directory()
              .<SchemaJournal>map(
                  directory ->
                      SchemaJournalFile.open(directory.resolve("schemas.jsonl"), store::apply))
              .orElseGet(SchemaJournal::none);
    } catch (StartupException e) {
      server.stop(0);
      throw e;
    }
    var threads = Executors.newFixedThreadPool(THREADS, DevRegistry::thread);
    var routes = new RegistryRoutes(new SchemaLedger(store, journal)).table();
    var context = server.createContext("/", new RegistryHttp(routes));
    options.login().ifPresent(login -> context.setAuthenticator(authenticator(login)));
    server.setExecutor(threads);
    server.start();
    return new DevRegistry(server, threads, journal);
  }

  /** {@code http://host:port} for clients' {@code schema.registry.url}. */
  public String url() {
    return "http://" + LOOPBACK + ":" + server.getAddress().getPort();
  }

  /** Frees the port; requests in progress are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    journal.close();
  }

  private static HttpServer bind(DevRegistryOptions options) {
    int port = options.port();
    try {
      return HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
    } catch (IOException e) {
      throw new StartupException(
          "port %d on %s cannot be used (%s): choose another with %s, 0 takes a free one"
              .formatted(port, LOOPBACK, e.getMessage(), options.portFlag()),
          e);
    }
  }

  private static BasicAuthenticator authenticator(DevRegistryOptions.Login login) {
    return new BasicAuthenticator("registry") {
      @Override
      public boolean checkCredentials(String user, String password) {
        return login.user().equals(user) && login.password().equals(password);
      }
    };
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "dev-registry");
    thread.setDaemon(true);
    return thread;
  }
}
