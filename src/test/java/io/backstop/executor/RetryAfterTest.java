package io.backstop.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30                            |                               | PT30S",
        "0.25                          |                               | PT0.25S",
        "Tue, 01 Jan 2030 00:01:00 GMT |                               | PT1M",
        "Tue, 01 Jan 2030 00:01:00 GMT | Tue, 01 Jan 2030 00:00:50 GMT | PT10S",
        "Mon, 31 Dec 2029 23:00:00 GMT |                               | PT0S",
        "99999999999999999999          |                               | PT2562047788015H12M55.807S",
        "soon                          |                               |",
        "-3                            |                               |",
        "1.2.3                         |                               |",
        "                              |                               |"
      })
  void shouldReadSecondsOrADate(String retryAfter, String date, Duration expected) {
    var headers = new HashMap<String, String>();
    headers.put("retry-after", retryAfter);
    headers.put("date", date);

    var wait = RetryAfter.of(new HttpReply(429, headers, new byte[0]), NOW);

    assertThat(wait).isEqualTo(Optional.ofNullable(expected));
  }
}
