package io.backstop.bench;

import java.util.Locale;

/** What the services do while the sides work, and which requests there are. */
enum Workload {
  HEALTHY("every call is answered after 20 ms", well()),
  ERRORS("10% of the primary's calls fail with 500 after 20 ms", failing("error", 0.1)),
  OUTAGE("the primary answers 503 at once to every call", "{\"outage\":\"unavailable\"}"),
  HANG("the primary never answers", failing("hang", 1)),
  DUPLICATES("every key comes twice, the second time 100 requests later", well());

  static final int LATENCY_MS = 20;
  private static final int BLOCK = 100;

  private final String description;
  private final String primaryFaults;

  Workload(String description, String primaryFaults) {
    this.description = description;
    this.primaryFaults = primaryFaults;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  /** Of the primary service, as the simulator takes them. */
  String primaryFaults() {
    return primaryFaults;
  }

  /** Of the service that the fallback is done at. */
  String fallbackFaults() {
    return well();
  }

  /**
   * The number of the request that one is the same as: its own, unless it is a duplicate. Both have
   * the same record key and idempotency key.
   */
  int original(int request) {
    boolean duplicate = this == DUPLICATES && request / BLOCK % 2 == 1;
    return duplicate ? request - BLOCK : request;
  }

  /**
   * The number of the request that a result belongs to.
   *
   * @param nth how many results there are under this key, this one included
   */
  int withKey(int key, int nth) {
    return key + (nth - 1) * BLOCK;
  }

  /** How many of the first requests are different ones. */
  int distinct(int requests) {
    int blocks = requests / (2 * BLOCK);
    int rest = requests % (2 * BLOCK);
    return this == DUPLICATES ? blocks * BLOCK + Math.min(rest, BLOCK) : requests;
  }

  private static String well() {
    return "{" + latency() + "}";
  }

  private static String failing(String answer, double rate) {
    return "{%s,\"failures\":[{\"rate\":%s,\"answer\":\"%s\",\"status\":500}]}"
        .formatted(latency(), rate, answer);
  }

  private static String latency() {
    return "\"latency\":{\"ms\":" + LATENCY_MS + "}";
  }
}
