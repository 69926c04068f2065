package io.backstop.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request to one service: route, faults, the service's answer, the wait. Requests stay
 * on the event loop.
 */
final class ServiceTraffic {
  /** Endpoint of a call that was not read to its end. */
  static final String UNREAD = "unread";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceTraffic.class);

  /** A request on its way, and where to. */
  private record Visit(HttpServerRequest request, Route route, CallTrace trace) {}

  private final ServiceBooks books;
  private final Supplier<ServiceEmulation> emulations;
  private final long seed;
  private final Vertx vertx;
  private final Clock clock;
  private volatile ServiceEmulation emulation;

  ServiceTraffic(
      ServiceBooks books,
      Supplier<ServiceEmulation> emulations,
      long seed,
      Vertx vertx,
      Clock clock) {
    this.books = books;
    this.emulations = emulations;
    this.emulation = emulations.get();
    this.seed = seed;
    this.vertx = vertx;
    this.clock = clock;
  }

  EmulatedService service() {
    return books.service();
  }

  /** Back to how the service was at the start. */
  void reset() {
    emulation = emulations.get();
  }

  void arrive(HttpServerRequest request) {
    CallTrace trace = books.trace();
    Draws draws = new Draws(seed, service(), books.counters().arrived());
    if (books.faults().outage() == FaultPlan.Outage.REFUSE) {
      leaveByReset(request, UNREAD, trace);
      return;
    }
    BodyCollector.collect(
        request, body -> serve(request, new Call(request, service(), body, draws), trace));
  }

  private void serve(HttpServerRequest request, Call call, CallTrace trace) {
    FaultPlan plan = books.faults();
    Route route = emulation.routes().match(call);
    Visit visit = new Visit(request, route, trace);
    trace.read(route.name(), () -> route.keyOf(call), () -> Route.generationOf(call));
    countUrlCredentials(call);
    if (plan.outage() == FaultPlan.Outage.UNAVAILABLE) {
      send(visit, emulation.failure(503, null), null);
      return;
    }
    String key = route.action() ? route.keyOf(call) : null;
    if (route.action()) {
      books.countKey(key);
    }
    Optional<Failure> failure =
        plan.failures().isEmpty()
            ? Optional.empty()
            : plan.failureFor(call.draws(), key == null ? call.hash() : KeyHash.of(key));
    Reply reply = null;
    if (failure.isEmpty() || failure.get().afterEffect()) {
      reply = answer(route, call);
      if (reply.effect()) {
        books.countEffect(key);
      }
    }
    Reply ordinary = reply;
    later(
        plan.latency().sampleMillis(call.draws()),
        () -> finish(visit, failure.orElse(null), ordinary));
  }

  private Reply answer(Route route, Call call) {
    try {
      return route.handler().apply(call);
    } catch (RuntimeException e) {
      // Without an answer the caller would wait for ever for what looks like an injected hang.
      LOG.error("emulation failed: service={} endpoint={}", service().label(), route.name(), e);
      return emulation.failure(500, null);
    }
  }

  private void later(long millis, Runnable step) {
    if (millis == 0) {
      step.run();
    } else {
      vertx.setTimer(millis, timer -> step.run());
    }
  }

  private void finish(Visit visit, Failure failure, Reply ordinary) {
    if (failure == null) {
      send(visit, ordinary, null);
      return;
    }
    switch (failure.answer()) {
      case ERROR -> {
        Reply reply = emulation.failure(failure.status(), failure.reason().orElse(null));
        send(visit, reply, RetryAfter.header(failure, clock));
      }
      case HANG -> hang(visit);
      case RESET -> leaveByReset(visit.request(), visit.route().name(), visit.trace());
    }
  }

  private void send(Visit visit, Reply reply, String retryAfter) {
    books.answered(visit.route().name(), Integer.toString(reply.status()), visit.trace());
    books.counters().left();
    HttpServerResponse response = visit.request().response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.status()).putHeader("content-type", reply.contentType());
    if (retryAfter != null) {
      response.putHeader("retry-after", retryAfter);
    }
    response.end(Buffer.buffer(reply.body()));
  }

  private void hang(Visit visit) {
    books.answered(visit.route().name(), ServiceCounters.HANG, visit.trace());
    if (visit.request().response().closed()) {
      books.counters().left();
    } else {
      visit.request().response().closeHandler(closed -> books.counters().left());
    }
  }

  private void leaveByReset(HttpServerRequest request, String endpoint, CallTrace trace) {
    books.answered(endpoint, ServiceCounters.RESET, trace);
    books.counters().left();
    ConnectionReset.reset(request.connection());
  }

  private void countUrlCredentials(Call call) {
    if (call.parameter("token") != null || call.parameter("access_token") != null) {
      books.counters().urlCredentials();
    }
  }
}
