package io.backstop.admin;

import io.backstop.config.StartupException;
import io.backstop.executor.Json;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server below queries and monitoring, with bounds on everything that a client can make it
 * hold.
 */
final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int THREADS = 12;
  private static final int CONNECTIONS = 200;
  private static final int IDLE_MS = 30_000;
  private static final long ASYNC_MS = 15_000;
  private static final int REQUEST_HEAD_BYTES = 16 * 1024;
  private static final long REQUEST_BODY_BYTES = 1024;

  private final Javalin javalin;

  private HttpListener(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * @param area of its settings
   * @throws StartupException when it cannot listen there
   */
  static HttpListener start(String area, Binding binding, Consumer<RoutesConfig> routes) {
    Javalin javalin = Javalin.create(config -> configure(config, area, binding, routes));
    try {
      javalin.start();
      return new HttpListener(javalin);
    } catch (JavalinException e) {
      javalin.stop();
      throw new StartupException(
          "cannot listen on %2$s port %3$d (%4$s): set backstop.%1$s.port to a free one or to 0, and backstop.%1$s.host to an address of this machine; or backstop.%1$s.enabled = false"
              .formatted(area, binding.host(), binding.port(), cause(e)),
          e);
    }
  }

  private static String cause(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage();
  }

  /** The one it listens on. */
  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(
      JavalinConfig config, String area, Binding binding, Consumer<RoutesConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = REQUEST_BODY_BYTES;
    config.http.asyncTimeout = ASYNC_MS;
    config.jetty.timeoutStatus = 503;
    config.jetty.threadPool = threads(area);
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(new PlainErrors());
          server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
    config.jetty.modifyHttpConfiguration(HttpListener::bound);
    config.jetty.addConnector((server, http) -> connector(server, http, binding));
    config.router.javaLangErrorHandler(HttpListener::writeDefect);
    routes.accept(config.routes);
  }

  private static void writeDefect(HttpServletResponse response, Error defect) {
    LOG.error("query failed", defect);
    response.setStatus(500);
  }

  private static QueuedThreadPool threads(String area) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, IDLE_MS);
    threads.setName(area);
    threads.setDaemon(true);
    return threads;
  }

  private static void bound(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(REQUEST_HEAD_BYTES);
    // an id may have any characters
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "ids",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
  }

  private static ServerConnector connector(Server server, HttpConfiguration http, Binding binding) {
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(binding.host());
    connector.setPort(binding.port());
    connector.setIdleTimeout(IDLE_MS);
    return connector;
  }

  /** What the server itself refuses: no page, no stack trace. */
  private static final class PlainErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int code,
        String message,
        Throwable cause,
        Callback callback)
        throws IOException {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, QueryProblem.MEDIA_TYPE);
      byte[] body = Json.bytes(QueryProblem.of(code, "the request was refused"));
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
