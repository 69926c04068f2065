package io.backstop.runtime;

import java.time.Instant;

/**
 * One thing that was looked at, and how it is.
 *
 * @param name what, and after a colon what about it, for example {@code kafka:responseTime}
 * @param observed what was seen; null where that says nothing more
 * @param output what is wrong, for people; empty where nothing is. Never an address or a secret
 * @param at when it was looked at
 */
public record Check(String name, Status status, Object observed, String output, Instant at) {

  /** How good something is; a later one is worse. */
  public enum Status {
    /** As it should be. */
    PASS,
    /** Work goes on, but something is not as it should be. */
    WARN,
    /** Work does not go on. */
    FAIL
  }

  static Check pass(String name, Object observed, Instant at) {
    return new Check(name, Status.PASS, observed, "", at);
  }
}
