package io.backstop.executor;

import io.backstop.config.ServiceAccess;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that an executor may use for one call.
 *
 * @param idempotencyKey the same for every repeat of the request, another one only where it is to
 *     be done though it was done before; goes to the service by its own mechanism or as a header,
 *     so that a repeat can be recognised
 * @param attempt 1 for the first call at this target
 * @param traceparent W3C trace context of the request, to be passed on
 * @param timeout how long the call may take
 * @param service settings of the target's service
 * @param credentials the service's credentials
 * @param http shared asynchronous HTTP client
 * @param primaryFailure what the call stands in for, when it is made as a fallback
 * @param generation how many replays led to the request: 0 unless it was replayed
 */
public record CallContext(
    String idempotencyKey,
    int attempt,
    Optional<String> traceparent,
    Duration timeout,
    ServiceAccess service,
    Credentials credentials,
    HttpTransport http,
    Optional<PrimaryFailure> primaryFailure,
    int generation) {

  /** A call that stands in for no other, of a request that was not replayed. */
  public CallContext(
      String idempotencyKey,
      int attempt,
      Optional<String> traceparent,
      Duration timeout,
      ServiceAccess service,
      Credentials credentials,
      HttpTransport http) {
    this(
        idempotencyKey,
        attempt,
        traceparent,
        timeout,
        service,
        credentials,
        http,
        Optional.empty(),
        0);
  }
}
