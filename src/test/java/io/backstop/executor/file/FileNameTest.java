package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.pdf",
        "Übersicht März.pdf",
        "..a",
        "a..b",
        ".env",
        "report",
        "console.txt",
        "日本語.txt",
        "😀.txt"
      })
  void shouldTakeAPlainName(String name) {
    assertThat(FileName.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../a",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "\\\\server\\share",
        "C:\\a",
        "/"
      })
  void shouldRefuseAPath(String name) {
    assertThat(FileName.problem(name)).hasValueSatisfying(s -> assertThat(s).contains("leads out"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t"})
  void shouldRefuseNoName(String name) {
    assertThat(FileName.problem(name)).hasValueSatisfying(s -> assertThat(s).contains("missing"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000.pdf", "a\nb", "a\u001bb", "a\u202Efdp.exe", "a\u2028b", "a\uD800b"})
  void shouldRefuseWhatCannotBeSeen(String name) {
    assertThat(FileName.problem(name)).hasValueSatisfying(s -> assertThat(s).contains("cannot be"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CON", "nul.txt", "Com1", "LPT9.log", "aux.", ".partial", ".LOCK"})
  void shouldRefuseAReservedName(String name) {
    assertThat(FileName.problem(name)).hasValueSatisfying(s -> assertThat(s).contains("reserved"));
  }

  @Test
  void shouldMeasureANameInBytes() {
    assertThat(FileName.problem("ü".repeat(100))).isEmpty();
    assertThat(FileName.problem("ü".repeat(101)))
        .hasValueSatisfying(s -> assertThat(s).contains("longer than 200 bytes"));
  }

  @Test
  void shouldPutATextBeforeTheExtension() {
    assertThat(FileName.with("a.tar.gz", "x")).isEqualTo("a.tar-x.gz");
    assertThat(FileName.with("a", "x")).isEqualTo("a-x");
    assertThat(FileName.with(".env", "x")).isEqualTo(".env-x");
  }
}
