package io.backstop.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.executor.file.FileWrite;
import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "a/b\\c.txt, a_b_c.txt",
    ".., _..",
    "aux.txt, _aux.txt",
    "NUL, _NUL",
    ".lock, _.lock",
    ".partial, _.partial"
  })
  void shouldTakeTheNearestPossibleName(String name, String expected) {
    assertThat(FileNames.possible(name)).isEqualTo(expected);
  }

  @Test
  void shouldKeepTheExtensionOfALongName() {
    String name = FileNames.possible("con." + "é".repeat(150) + ".pdf");

    assertThat(name).startsWith("_con.é").endsWith("é.pdf");
  }

  @Property
  void shouldGiveEveryFileANameThatTheTargetTakes(@ForAll("names") String name) {
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId("r-1")
            .setAction("file:write")
            .setPayload(
                FilePayload.newBuilder()
                    .setName(FileNames.possible(name))
                    .setContent(ByteBuffer.allocate(1))
                    .build())
            .build();

    assertThat(new FileWrite().problems(request)).as(name).isEmpty();
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "con", "lpt1", ".", "..", ".lock", "/", "\\", "\u202e", "\n", " x", "é", "a");
    return Arbitraries.oneOf(
            parts.list().ofMinSize(1).ofMaxSize(90).map(all -> String.join("", all)),
            Arbitraries.strings().ofMinLength(1).ofMaxLength(120))
        .filter(name -> !name.isBlank());
  }
}
