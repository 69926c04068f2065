package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import io.backstop.runtime.StoresAwayException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns requests into questions to the endpoints, and what comes of them into answers. */
final class Answering {
  static final String OPEN_API = "/openapi.json";
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  /** Each may hold a page of every other instance. */
  private static final int QUERIES_AT_ONCE = 32;

  private final Access access;
  private final List<Endpoint> endpoints;
  private final byte[] openApi;
  private final Semaphore free = new Semaphore(QUERIES_AT_ONCE);

  Answering(Access access, List<Endpoint> endpoints) {
    this.access = access;
    this.endpoints = endpoints;
    this.openApi = Json.bytes(OpenApi.of(endpoints));
  }

  void addTo(RoutesConfig routes) {
    admit(routes, access);
    add(routes, OPEN_API, context -> write(context, 200, "application/json", openApi));
    for (Endpoint endpoint : endpoints) {
      add(routes, endpoint.path(), context -> answer(endpoint, context));
    }
    addProblems(routes);
  }

  static void addProblems(RoutesConfig routes) {
    routes.exception(Exception.class, Answering::write);
    // has a handler of its own, which would write plain text
    routes.exception(HttpResponseException.class, Answering::write);
  }

  /** Without a route of its own, HEAD would be answered with 200 for what is not there. */
  static void add(RoutesConfig routes, String path, io.javalin.http.Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  static void admit(RoutesConfig routes, Access access) {
    routes.before(context -> admit(context, access));
  }

  private static void admit(Context context, Access access) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    access.check(
        context.req().getMethod(), context.header("Host"), context.header("Authorization"));
  }

  private void answer(Endpoint endpoint, Context context) {
    Map<String, List<String>> query = context.queryParamMap();
    Arguments arguments =
        Arguments.of(endpoint, context.req().getRequestURI(), context.pathParamMap(), query);
    if (!free.tryAcquire()) {
      throw new QueryProblem(503, "too many queries at once: try again");
    }
    CompletionStage<ObjectNode> answer;
    try {
      answer = endpoint.handler().answer(arguments);
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
    context.future(
        () ->
            answer
                .whenComplete((json, failure) -> free.release())
                .thenAccept(json -> write(context, 200, "application/json", Json.bytes(json)))
                .toCompletableFuture());
  }

  private static QueryProblem problem(Throwable failure, Context context) {
    if (failure instanceof QueryProblem problem) {
      return problem;
    } else if (failure instanceof CompletionException && failure.getCause() != null) {
      return problem(failure.getCause(), context);
    } else if (failure instanceof StoresAwayException) {
      return new QueryProblem(503, "this instance cannot answer: " + failure.getMessage());
    } else if (failure instanceof HttpResponseException refused) {
      return refused(refused.getStatus());
    }
    LOG.error("query failed path={}", context.path(), failure);
    return new QueryProblem(500, "the instance's log says more");
  }

  private static QueryProblem refused(int status) {
    return new QueryProblem(
        status,
        status == 404
            ? "there is no such path: GET " + OPEN_API + " lists all"
            : "the request was refused");
  }

  private static void write(Exception failure, Context context) {
    QueryProblem problem = problem(failure, context);
    switch (problem.status()) {
      case 401 -> context.header("WWW-Authenticate", "Bearer");
      case 405 -> context.header("Allow", "GET, HEAD");
      case 503 -> context.header("Retry-After", "1");
      default -> {}
    }
    write(context, problem.status(), QueryProblem.MEDIA_TYPE, Json.bytes(problem.json()));
  }

  private static void write(Context context, int status, String mediaType, byte[] body) {
    context.status(status).contentType(mediaType).result(body);
  }
}
