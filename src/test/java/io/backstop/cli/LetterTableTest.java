package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTableTest {
  private static JsonNode letter(String more) {
    return Json.read(
            ("{'id':'l-1','createdAt':'2026-11-22T12:00:00Z','status':'REPLAYED',"
                    + "'reasonCode':'EXHAUSTED','failureClass':'TIMEOUT','action':'a:b',"
                    + "'target':null,'generation':2,'reason':'late \u202ereversed'"
                    + more
                    + "}")
                .replace('\'', '"'))
        .orElseThrow();
  }

  @Test
  void shouldShowGenerationCategoryAndTags() {
    var table =
        new LetterTable(List.of(letter(""), letter(",'category':'quota','tags':['known','ann']")));

    assertThat(table.head()).containsSubsequence("STATUS", "GEN", "ID", "CATEGORY", "REASON");
    assertThat(table.row(letter(",'category':'quota','tags':['known','ann']")))
        .containsSubsequence("REPLAYED", "2  ", "l-1", "quota #known #ann", "late  reversed");
  }

  @Test
  void shouldHaveNoColumnForCategoriesThatNobodyGave() {
    var table = new LetterTable(List.of(letter(",'category':null,'tags':[]")));

    assertThat(table.head()).doesNotContain("CATEGORY");
    assertThat(table.row(letter(""))).contains("REPLAYED");
  }

  @Test
  void shouldHaveAHeadWithoutLetters() {
    assertThat(new LetterTable(List.of()).head()).startsWith("CREATED");
  }
}
