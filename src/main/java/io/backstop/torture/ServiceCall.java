package io.backstop.torture;

/**
 * A call that arrived at a service, with the effect that the target is there for.
 *
 * @param target {@code trello:createCard}
 * @param key the idempotency key that it carried
 */
record ServiceCall(int processor, String target, String key, long arrivedAtMs) {
  String service() {
    return target.substring(0, target.indexOf(':'));
  }
}
