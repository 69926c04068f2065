package io.backstop.devcluster.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation as Confluent's own client makes it. */
class DevRegistryTest {
  private static final String SUBJECT = "actions.requests-value";
  private static final AvroSchema V1 = record("{\"name\":\"a\",\"type\":\"string\"}");
  private static final AvroSchema V2 =
      record(
          "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
  private static final AvroSchema INCOMPATIBLE =
      record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"c\",\"type\":\"int\"}");

  private DevRegistry registry;
  private CachedSchemaRegistryClient client;

  @BeforeEach
  void start() {
    registry = DevRegistry.start(DevRegistryOptions.ephemeral());
    client = client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  @Test
  void shouldGiveOneIdToEqualSchemasInAllSubjects() throws Exception {
    int first = client.register(SUBJECT, V1);

    assertThat(client().register(SUBJECT, V1)).isEqualTo(first);
    assertThat(client().register("other-value", V1)).isEqualTo(first);
    assertThat(client().register(SUBJECT, V2)).isEqualTo(first + 1);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1, 2);
    assertThat(client.getAllSubjects()).containsExactly(SUBJECT, "other-value");
    assertThat(client.getAllSubjectsByPrefix("oth")).containsExactly("other-value");
  }

  @Test
  void shouldFindASchemaByIdVersionAndContent() throws Exception {
    int id = client.register(SUBJECT, V1);
    client.register(SUBJECT, V2);

    assertThat(client().getSchemaById(id)).isEqualTo(V1);
    assertThat(client().getSchemaMetadata(SUBJECT, 1).getId()).isEqualTo(id);
    assertThat(client().getLatestSchemaMetadata(SUBJECT).getVersion()).isEqualTo(2);
    assertThat(client().getId(SUBJECT, V1)).isEqualTo(id);
    assertThat(client().getVersion(SUBJECT, V2)).isEqualTo(2);
    assertThat(client().getAllSubjectsById(id)).containsExactly(SUBJECT);
    assertThat(client().getAllVersionsById(id)).hasSize(1);
    assertThat(client().getSchemas(SUBJECT, false, true)).containsExactly(V2);
    assertThat(rest().getOnlySchemaById(id)).isEqualTo(V1.canonicalString());
    assertThat(rest().getVersionSchemaOnly(SUBJECT, 1)).isEqualTo(V1.canonicalString());
  }

  @Test
  void shouldTakeSchemasThatDifferOnlyInFormAsOneWhenAskedToNormalize() throws Exception {
    var plain = new AvroSchema("{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"x\":1,\"y\":2}");
    var turned = new AvroSchema("{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"y\":2,\"x\":1}");

    int id = client.register(SUBJECT, plain, true);

    assertThat(client().register(SUBJECT, turned, true)).isEqualTo(id);
    assertThat(client().getId(SUBJECT, turned, true)).isEqualTo(id);
    assertThat(client().register(SUBJECT, turned, false)).isNotEqualTo(id);
  }

  @Test
  void shouldRefuseAnIncompatibleSchemaAndSayWhy() throws Exception {
    client.register(SUBJECT, V1);

    var refusal = refusal(() -> client.register(SUBJECT, INCOMPATIBLE));

    assertThat(refusal.getStatus()).isEqualTo(409);
    assertThat(refusal.getErrorCode()).isEqualTo(409);
    assertThat(refusal).hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(client.testCompatibility(SUBJECT, INCOMPATIBLE)).isFalse();
    assertThat(client.testCompatibilityVerbose(SUBJECT, INCOMPATIBLE)).isNotEmpty();
    assertThat(client.testCompatibility(SUBJECT, V2)).isTrue();
    assertThat(client.testCompatibility("unknown-value", V2)).isTrue();
  }

  @Test
  void shouldCheckAgainstAllVersionsUnderATransitiveLevel() throws Exception {
    var withText =
        record(
            "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");
    client.register(SUBJECT, V2);
    client.register(SUBJECT, V1);

    assertThat(client.testCompatibility(SUBJECT, withText)).isTrue();
    client.updateCompatibility(SUBJECT, "FULL_TRANSITIVE");

    assertThat(code(() -> client.register(SUBJECT, withText))).isEqualTo(409);
  }

  @Test
  void shouldFollowTheLevelOfTheSubjectBeforeTheDefault() throws Exception {
    assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD");
    assertThat(code(() -> client.getCompatibility(SUBJECT))).isEqualTo(40408);

    client.register(SUBJECT, V1);
    client.updateCompatibility(SUBJECT, "NONE");

    assertThat(client.getCompatibility(SUBJECT)).isEqualTo("NONE");
    assertThat(client.register(SUBJECT, INCOMPATIBLE)).isEqualTo(2);
    client.deleteCompatibility(SUBJECT);
    assertThat(code(() -> client.getCompatibility(SUBJECT))).isEqualTo(40408);
    assertThat(client.updateCompatibility(null, "FULL")).isEqualTo("FULL");
    assertThat(client.getCompatibility(null)).isEqualTo("FULL");
    assertThat(code(() -> client.updateCompatibility(SUBJECT, "SOMETIMES"))).isEqualTo(42203);
  }

  @Test
  void shouldAnswerWithTheCodesOfConfluent() throws Exception {
    client.register(SUBJECT, V1);

    assertThat(code(() -> client.getLatestSchemaMetadata("unknown"))).isEqualTo(40401);
    assertThat(code(() -> client.getAllVersions("unknown"))).isEqualTo(40401);
    assertThat(code(() -> client.getSchemaMetadata(SUBJECT, 7))).isEqualTo(40402);
    assertThat(code(() -> client.getSchemaById(99))).isEqualTo(40403);
    assertThat(code(() -> client.getId(SUBJECT, V2))).isEqualTo(40403);
    assertThat(code(() -> client.getId("unknown", V2))).isEqualTo(40401);
    assertThat(code(() -> rest().registerSchema("{\"type\":\"nothing\"}", SUBJECT)))
        .isEqualTo(42201);
    assertThat(status("/subjects/" + SUBJECT + "/versions/zero")).isEqualTo(422);
    assertThat(status("/nowhere")).isEqualTo(404);
  }

  @Test
  void shouldDeleteSoftlyFirstAndThenForGood() throws Exception {
    int id = client.register(SUBJECT, V1);
    client.register(SUBJECT, V2);

    assertThat(code(() -> client.deleteSchemaVersion(SUBJECT, "1", true))).isEqualTo(40407);
    assertThat(client.deleteSchemaVersion(SUBJECT, "1")).isEqualTo(1);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(2);
    assertThat(client.getAllVersions(SUBJECT, true)).containsExactly(1, 2);
    assertThat(client().getSchemaById(id)).isEqualTo(V1);
    assertThat(client.deleteSubject(SUBJECT)).containsExactly(2);
    assertThat(code(() -> client.deleteSubject(SUBJECT))).isEqualTo(40404);
    assertThat(client.getAllSubjects()).isEmpty();
    assertThat(client.getAllSubjects(true)).containsExactly(SUBJECT);
    assertThat(client.deleteSubject(SUBJECT, true)).containsExactly(1, 2);
    assertThat(code(() -> client().getSchemaById(id))).isEqualTo(40403);
  }

  @Test
  void shouldGiveANewVersionAndTheOldIdToASchemaThatComesBack() throws Exception {
    int id = client.register(SUBJECT, V1);
    client.deleteSubject(SUBJECT);

    assertThat(client().register(SUBJECT, V1)).isEqualTo(id);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(2);
  }

  @Test
  void shouldResolveReferencesAndProtectWhatIsReferredTo() throws Exception {
    client.register("part-value", V1);
    var reference = new SchemaReference("io.backstop.test.R", "part-value", 1);
    var whole =
        new AvroSchema(
            "{\"type\":\"record\",\"name\":\"Whole\",\"fields\":[{\"name\":\"r\",\"type\":\"io.backstop.test.R\"}]}",
            List.of(reference),
            Map.of("io.backstop.test.R", V1.canonicalString()),
            null);

    int id = client.register(SUBJECT, whole);

    assertThat(client().getSchemaById(id).references()).containsExactly(reference);
    assertThat(rest().getReferencedBy("part-value", 1)).containsExactly(id);
    assertThat(code(() -> client.deleteSubject("part-value"))).isEqualTo(42206);
  }

  @Test
  void shouldAnswerWhatClientsAskAtStart() throws Exception {
    assertThat(rest().getSchemaTypes()).containsExactly("AVRO");
    assertThat(client.getAllContexts()).containsExactly(".");
    assertThat(client.getMode()).isEqualTo("READWRITE");
    assertThat(client.getSchemaRegistryServerVersion().getVersion()).isNotEmpty();
  }

  @Test
  void shouldLetInOnlyTheUserItWasToldOf() throws Exception {
    try (var guarded =
        DevRegistry.start(DevRegistryOptions.ephemeral().withLogin("anna", "secret"))) {
      var stranger = new CachedSchemaRegistryClient(guarded.url(), 10);
      var anna =
          new CachedSchemaRegistryClient(
              guarded.url(),
              10,
              Map.of(
                  "basic.auth.credentials.source", "USER_INFO",
                  "basic.auth.user.info", "anna:secret"));

      assertThat(refusal(stranger::getAllSubjects).getStatus()).isEqualTo(401);
      assertThat(anna.getAllSubjects()).isEmpty();
    }
  }

  private CachedSchemaRegistryClient client() {
    return new CachedSchemaRegistryClient(registry.url(), 10);
  }

  private RestService rest() {
    return new RestService(registry.url());
  }

  private int status(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(registry.url() + path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static int code(ThrowingCallable call) {
    return refusal(call).getErrorCode();
  }

  private static RestClientException refusal(ThrowingCallable call) {
    var refusals = new ArrayList<RestClientException>();
    assertThatThrownBy(call).isInstanceOfSatisfying(RestClientException.class, refusals::add);
    return refusals.get(0);
  }

  private static AvroSchema record(String fields) {
    return new AvroSchema(
        "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"io.backstop.test\",\"fields\":["
            + fields
            + "]}");
  }
}
