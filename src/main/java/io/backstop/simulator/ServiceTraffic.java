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
 * on the event loop; faults and counters may be used from any thread.
 */
final class ServiceTraffic {
  /** Endpoint of a call that was not read to its end. */
  static final String UNREAD = "unread";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceTraffic.class);

  /** A request on its way, and where to. */
  private record Visit(HttpServerRequest request, Route route, CallTrace trace) {}

  private final EmulatedService service;
  private final Supplier<ServiceEmulation> emulations;
  private final ServiceCounters counters = new ServiceCounters();
  private final long seed;
  private final Vertx vertx;
  private final Clock clock;
  private volatile ServiceEmulation emulation;
  private volatile FaultPlan faults;

  /** Null while calls are not recorded. */
  private volatile CallLedger ledger;

  ServiceTraffic(
      EmulatedService service,
      Supplier<ServiceEmulation> emulations,
      FaultPlan faults,
      long seed,
      Vertx vertx,
      Clock clock) {
    this.service = service;
    this.emulations = emulations;
    this.emulation = emulations.get();
    this.faults = faults;
    this.seed = seed;
    this.vertx = vertx;
    this.clock = clock;
  }

  EmulatedService service() {
    return service;
  }

  ServiceCounters counters() {
    return counters;
  }

  FaultPlan faults() {
    return faults;
  }

  void faults(FaultPlan newFaults) {
    this.faults = newFaults;
  }

  /** Records calls from now on, forgetting those recorded before. */
  void record(int capacity) {
    ledger = new CallLedger(capacity, clock);
  }

  void stopRecording() {
    ledger = null;
  }

  /** Empty while calls are not recorded. */
  Optional<CallLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /** Back to how the service was at the start, except for its faults and whether it records. */
  void reset() {
    counters.reset();
    emulation = emulations.get();
    ledger().ifPresent(recording -> record(recording.capacity()));
  }

  void arrive(HttpServerRequest request) {
    CallLedger recording = ledger;
    CallTrace trace = recording == null ? CallTrace.NONE : recording.arrived();
    Draws draws = new Draws(seed, service, counters.arrived());
    if (faults.outage() == FaultPlan.Outage.REFUSE) {
      leaveByReset(request, UNREAD, trace);
      return;
    }
    BodyCollector.collect(
        request, body -> serve(request, new Call(request, service, body, draws), trace));
  }

  private void serve(HttpServerRequest request, Call call, CallTrace trace) {
    FaultPlan plan = faults;
    Route route = emulation.routes().match(call);
    Visit visit = new Visit(request, route, trace);
    trace.read(route, call);
    countUrlCredentials(call);
    if (plan.outage() == FaultPlan.Outage.UNAVAILABLE) {
      send(visit, emulation.failure(503, null), null);
      return;
    }
    String key = route.action() ? route.keyOf(call) : null;
    countKey(route, key);
    Optional<Failure> failure =
        plan.failures().isEmpty()
            ? Optional.empty()
            : plan.failureFor(call.draws(), key == null ? call.hash() : KeyHash.of(key));
    Reply reply = null;
    if (failure.isEmpty() || failure.get().afterEffect()) {
      reply = answer(route, call);
      countEffect(reply, key);
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
      LOG.error("emulation failed: service={} endpoint={}", service.label(), route.name(), e);
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
    answered(visit.route().name(), Integer.toString(reply.status()), visit.trace());
    counters.left();
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
    answered(visit.route().name(), ServiceCounters.HANG, visit.trace());
    if (visit.request().response().closed()) {
      counters.left();
    } else {
      visit.request().response().closeHandler(closed -> counters.left());
    }
  }

  private void leaveByReset(HttpServerRequest request, String endpoint, CallTrace trace) {
    answered(endpoint, ServiceCounters.RESET, trace);
    counters.left();
    ConnectionReset.reset(request.connection());
  }

  private void answered(String endpoint, String answer, CallTrace trace) {
    counters.answered(endpoint, answer);
    trace.answered(answer);
  }

  private void countKey(Route route, String key) {
    if (!route.action()) {
      return;
    }
    if (key == null) {
      counters.noKey();
    } else {
      counters.key(KeyHash.of(key));
    }
  }

  private void countEffect(Reply reply, String key) {
    if (!reply.effect()) {
      return;
    }
    if (key == null) {
      counters.effect();
    } else {
      counters.effect(KeyHash.of(key));
    }
  }

  private void countUrlCredentials(Call call) {
    if (call.parameter("token") != null || call.parameter("access_token") != null) {
      counters.urlCredentials();
    }
  }
}
