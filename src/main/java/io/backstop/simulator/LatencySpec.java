package io.backstop.simulator;

/** The short form of a latency on the command line: {@code 20} or {@code uniform:10-50}. */
final class LatencySpec {
  private LatencySpec() {}

  static Latency parse(String spec) {
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? "fixed" : spec.substring(0, colon);
    String[] numbers = spec.substring(colon + 1).split("-", -1);
    return switch (kind) {
      case "fixed" -> new Latency.Fixed(number(numbers, 0, 1));
      case "uniform" -> new Latency.Uniform(number(numbers, 0, 2), number(numbers, 1, 2));
      case "normal" -> new Latency.Normal(number(numbers, 0, 2), number(numbers, 1, 2));
      case "exponential" -> new Latency.Exponential(number(numbers, 0, 1));
      case "lognormal" -> new Latency.LogNormal(number(numbers, 0, 2), number(numbers, 1, 2));
      default -> throw wrong();
    };
  }

  private static double number(String[] numbers, int index, int expected) {
    if (numbers.length != expected) {
      throw wrong();
    }
    double number = Double.parseDouble(numbers[index]);
    if (!(number >= 0 && number <= Latency.MAX_MILLIS)) {
      throw wrong();
    }
    return number;
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "expected MS, uniform:MIN-MAX, normal:MEAN-STDDEV, exponential:MEAN or"
            + " lognormal:MEDIAN-P99 in milliseconds, at most "
            + Latency.MAX_MILLIS);
  }
}
