package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {
  private static final Instance ONE = new Instance();

  @AfterAll
  static void close() {
    ONE.close();
  }

  @Test
  void shouldTakeNoParameterWhereThereIsNone() {
    var response = ONE.get("/v1/statistics?limit=5");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Instance.json(response).path("detail").asText()).contains("it takes none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=501 | limit | a number from 1 to 500",
        "limit=x | limit | a number from 1 to 500",
        "limit=0 | limit | a number from 1 to 500",
        "limt=5 | limt | did you mean limit?",
        "nonsense-parameter=5 | nonsense-parameter | known are action, cursor, cut-off",
        "failure-class=TIMOUT | failure-class | did you mean TIMEOUT?",
        "reason=BORED | reason | one of EXHAUSTED, INVALID",
        "cut-off=1 | cut-off | offsets by partition",
        "cut-off=0:1,0:2 | cut-off | offsets by partition",
        "status=UNKNOWN | status | one of OPEN, REPLAYED",
        "from=yesterday | from | a time such as",
        "to=2026-11-22 | to | a time such as",
        "cursor=!! | cursor | this is no cursor",
        "local=maybe | local | true or false",
        "partitions=-1 | partitions | numbers of partitions",
        "limit=1&limit=2 | limit | more than once",
        "action= | action | text of 1 to 200",
      })
  void shouldSayWhichParameterIsWrongAndHow(String query, String parameter, String expected) {
    var response = ONE.get("/v1/dead-letters?" + query);

    JsonNode problem = Instance.json(response);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(problem.path("parameter").asText()).isEqualTo(parameter);
    assertThat(problem.path("detail").asText()).contains(expected);
  }
}
