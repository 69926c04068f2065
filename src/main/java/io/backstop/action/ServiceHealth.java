package io.backstop.action;

/**
 * Which services have failed lately, in the whole fleet. Thread-safe, and cheap enough for every
 * request.
 */
public interface ServiceHealth {

  /** Counts a request that failed at a service for good. */
  void failed(ServiceFailure failure);

  /**
   * Whether a service has failed so often lately that requests which allow it are skipped at once.
   *
   * @param now epoch milliseconds
   */
  boolean isSkippable(String service, long now);
}
