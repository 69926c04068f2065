package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.testing.CommittedFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static List<Endpoint> endpoints() {
    return Endpoints.table(
        new Endpoints.Queries(
            new DeskQueries(null),
            new PreviewQueries(null, null, null, null),
            new OutcomeQueries(null, null),
            new FleetQueries(null),
            new InstanceQueries(null, null, null)));
  }

  @Test
  void shouldBeCurrent() throws JsonProcessingException {
    ObjectNode document = OpenApi.of(endpoints());

    String text =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document);

    CommittedFile.mustHold(Path.of("docs/openapi.json"), text + "\n");
  }

  @Test
  void shouldDefineAllThatItRefersTo() {
    ObjectNode document = OpenApi.of(endpoints());

    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue());
  }

  @Test
  void shouldDescribeEveryParameterAndMember() {
    ObjectNode document = OpenApi.of(endpoints());

    for (JsonNode parameters : document.findValues("parameters")) {
      for (JsonNode parameter : parameters) {
        assertThat(parameter.path("description").asText()).as(parameter.toString()).isNotBlank();
      }
    }
    for (JsonNode properties : document.path("components").findValues("properties")) {
      for (var property : properties.properties()) {
        assertThat(property.getValue().path("description").asText())
            .as(property.getKey())
            .isNotBlank();
      }
    }
  }
}
