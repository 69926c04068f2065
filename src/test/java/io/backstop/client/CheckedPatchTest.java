package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.Json;
import io.backstop.serde.AvroJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedPatchTest {
  private static final JsonNode TASK =
      AvroJson.of(TaskPayload.newBuilder().setTitle("Old").setContainer("db").build());

  private static CheckedPatch patch(String json) throws InvalidRequestException {
    return CheckedPatch.of(json);
  }

  /** The examples of RFC 7396 whose patch is an object. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
        "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
        "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
        "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void shouldMergeAsTheStandardSays(String target, String patch, String expected)
      throws InvalidRequestException {
    JsonNode before = Json.read(target).orElseThrow();

    assertThat(patch(patch).on(before)).isEqualTo(Json.read(expected).orElseThrow());
    assertThat(before).isEqualTo(Json.read(target).orElseThrow());
  }

  @Test
  void shouldTakeAPatchThatFits() {
    assertThatCode(
            () -> patch("{\"title\":\"New\",\"container\":null}").check(TASK, PayloadFamily.TASK))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldNameTheWrongFieldAndTheOneThatWasMeant() {
    assertThatThrownBy(() -> patch("{\"tilte\":\"New\"}").check(TASK, PayloadFamily.TASK))
        .hasMessage("payload.tilte is not a field of TaskPayload: did you mean title?");
    assertThatThrownBy(() -> patch("{\"title\":7}").check(TASK, PayloadFamily.TASK))
        .hasMessageContaining("payload.title must be text");
    assertThatThrownBy(() -> patch("[1]")).hasMessageContaining("no JSON object");
  }
}
