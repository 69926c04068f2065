package io.backstop.simulator;

/** One service as its callers see it. Used on the event loop only. */
interface ServiceEmulation {

  RouteTable routes();

  /**
   * The service's own kind of error body for an injected failure.
   *
   * @param reason the service's error code, null for the one that fits the status
   */
  Reply failure(int status, String reason);
}
