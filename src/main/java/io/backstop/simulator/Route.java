package io.backstop.simulator;

import java.util.function.Function;

/**
 * One endpoint of an emulated service.
 *
 * @param name in the statistics
 * @param action whether it carries out an action, so that its idempotency keys count
 * @param ownKey the service's own idempotency key in a call, null where there is none
 */
record Route(
    String name, boolean action, Function<Call, String> ownKey, Function<Call, Reply> handler) {

  static Route action(String name, Function<Call, Reply> handler) {
    return new Route(name, true, call -> null, handler);
  }

  static Route lookup(String name, Function<Call, Reply> handler) {
    return new Route(name, false, call -> null, handler);
  }

  /** The call's idempotency key: the header, else the service's own; null where it has none. */
  String keyOf(Call call) {
    String header = call.header("Idempotency-Key");
    return header == null || header.isBlank() ? ownKey.apply(call) : header;
  }

  /** How many replays led to a call: its header, else 0. */
  static int generationOf(Call call) {
    String header = call.header("Backstop-Generation");
    return header != null && header.matches("\\d{1,9}") ? Integer.parseInt(header) : 0;
  }

  Route withOwnKey(Function<Call, String> newOwnKey) {
    return new Route(name, action, newOwnKey, handler);
  }
}
