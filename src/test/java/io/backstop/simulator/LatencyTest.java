package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final int SAMPLES = 20_000;

  @Test
  void shouldAlwaysTakeTheFixedTime() {
    assertThat(samples(new Latency.Fixed(20))).containsOnly(20);
  }

  @Test
  void shouldSpreadEvenlyWhenUniform() {
    long[] samples = samples(new Latency.Uniform(100, 300));

    assertThat(samples[0]).isGreaterThanOrEqualTo(100);
    assertThat(samples[SAMPLES - 1]).isLessThanOrEqualTo(300);
    assertThat(mean(samples)).isCloseTo(200, within(3.0));
  }

  @Test
  void shouldSpreadAroundTheMeanWhenNormal() {
    long[] samples = samples(new Latency.Normal(500, 50));

    assertThat(mean(samples)).isCloseTo(500, within(3.0));
    assertThat((double) samples[(int) (SAMPLES * 0.841)]).isCloseTo(550, within(5.0));
  }

  @Test
  void shouldHaveTheMeanWhenExponential() {
    assertThat(mean(samples(new Latency.Exponential(200)))).isCloseTo(200, within(8.0));
  }

  @Test
  void shouldHaveMedianAndPercentileWhenLogNormal() {
    long[] samples = samples(new Latency.LogNormal(100, 1000));

    assertThat((double) samples[SAMPLES / 2]).isCloseTo(100, within(4.0));
    assertThat((double) samples[(int) (SAMPLES * 0.99)]).isCloseTo(1000, within(100.0));
  }

  @Test
  void shouldNeverBeNegative() {
    assertThat(samples(new Latency.Normal(0, 100))[0]).isZero();
  }

  private static long[] samples(Latency latency) {
    long[] samples =
        LongStream.range(0, SAMPLES)
            .map(i -> latency.sampleMillis(new Draws(42, EmulatedService.SLACK, i)))
            .toArray();
    Arrays.sort(samples);
    return samples;
  }

  private static double mean(long[] samples) {
    return Arrays.stream(samples).average().orElseThrow();
  }
}
