package io.backstop.simulator;

/**
 * The random numbers of one request. They are hashes of the seed, the service and the request's
 * number, so that a run can be repeated whatever the threads do.
 *
 * @param number of the request among those of its service, from 1
 */
record Draws(long seed, EmulatedService service, long number) {

  /** What a number is used for, so that one choice does not decide another. */
  enum Purpose {
    FAILURE,
    LATENCY,
    LATENCY_SECOND,
    ID,
    ID_SECOND
  }

  /** Uniform over all longs. */
  long bits(Purpose purpose) {
    long mixed = KeyHash.mix(seed + 0x9E3779B97F4A7C15L * (service.ordinal() + 1));
    return KeyHash.mix(KeyHash.mix(mixed + number) + purpose.ordinal());
  }

  /** Uniform in [0, 1). */
  double uniform(Purpose purpose) {
    return toUnit(bits(purpose));
  }

  /** Normal with mean 0 and standard deviation 1. */
  double gaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(Purpose.LATENCY)));
    return radius * Math.cos(2 * Math.PI * uniform(Purpose.LATENCY_SECOND));
  }

  /** Uniform in [0, 1) and the same for every request with this key. */
  double uniformOfKey(long keyHash) {
    return toUnit(KeyHash.mix(KeyHash.mix(seed + service.ordinal()) ^ keyHash));
  }

  private static double toUnit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
