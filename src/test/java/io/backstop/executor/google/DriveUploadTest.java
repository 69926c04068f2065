package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.Fingerprint;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DriveUploadTest {
  private static final String SEARCH = "/drive/drive/v3/files";
  private static final String GENERATE = "/drive/drive/v3/files/generateIds";
  private static final String UPLOAD = "/drive/upload/drive/v3/files";
  // SHA-256 of the stub's idempotency key
  private static final String KEY_HASH = Fingerprint.of(GoogleStub.KEY);

  @RegisterExtension static final GoogleStub DRIVE = new GoogleStub();

  private final DriveUpload upload = new DriveUpload();

  private static FilePayload.Builder file() {
    return FilePayload.newBuilder()
        .setName("Übersicht.csv")
        .setFolder("folder-1")
        .setMimeType("text/csv")
        .setDescription("Of March")
        .setContent(ByteBuffer.wrap("a;b\r\n1;2\r\n".getBytes(StandardCharsets.UTF_8)));
  }

  private static void searchFinds(String files) {
    DRIVE.stubFor(
        get(urlPathEqualTo(SEARCH)).willReturn(okJson("{\"files\":[%s]}".formatted(files))));
  }

  private static void idsAre(String... ids) {
    DRIVE.stubFor(
        get(urlPathEqualTo(GENERATE))
            .willReturn(okJson("{\"ids\":[\"%s\"]}".formatted(String.join("\",\"", ids)))));
  }

  private static void uploadSucceeds() {
    DRIVE.stubFor(
        post(urlPathEqualTo(UPLOAD))
            .willReturn(okJson("{\"id\":\"id-1\",\"name\":\"Übersicht.csv\"}")));
  }

  private static JsonNode metadataOf(LoggedRequest request) throws Exception {
    return GoogleStub.json(new String(part(request, 0), StandardCharsets.UTF_8));
  }

  private static byte[] part(LoggedRequest request, int number) throws Exception {
    return new MimeMultipart(
            new ByteArrayDataSource(request.getBody(), request.getHeader("Content-Type")))
        .getBodyPart(number)
        .getInputStream()
        .readAllBytes();
  }

  @Test
  void shouldUploadUnderAnIdThatDriveGenerated() throws Exception {
    searchFinds("");
    idsAre("id-1", "id-2");
    uploadSucceeds();

    Outcome outcome = DRIVE.execute(upload, file().build());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Succeeded(
                "{\"id\":\"id-1\",\"name\":\"Übersicht.csv\"}", OptionalInt.of(200)));
    assertThat(DRIVE.received())
        .allSatisfy(
            call -> {
              assertThat(call.getHeader("Authorization")).isEqualTo("Bearer ya29.test");
              assertThat(call.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
              assertThat(call.getHeader("traceparent")).isEqualTo(GoogleStub.TRACE);
            })
        .hasSize(3);
    LoggedRequest search = DRIVE.received().get(0);
    assertThat(search.queryParameter("q").firstValue())
        .isEqualTo(
            "appProperties has { key='backstopKey' and value='"
                + KEY_HASH
                + "' } and trashed = false");
    assertThat(search.queryParameter("supportsAllDrives").firstValue()).isEqualTo("true");
    assertThat(search.queryParameter("includeItemsFromAllDrives").firstValue()).isEqualTo("true");
    LoggedRequest sent = DRIVE.received().get(2);
    assertThat(sent.queryParameter("uploadType").firstValue()).isEqualTo("multipart");
    assertThat(sent.queryParameter("supportsAllDrives").firstValue()).isEqualTo("true");
    assertThat(sent.getHeader("Content-Type")).startsWith("multipart/related; boundary=");
    assertThat(metadataOf(sent))
        .isEqualTo(
            GoogleStub.json(
                """
                {"id":"id-1","name":"Übersicht.csv","mimeType":"text/csv",
                 "description":"Of March","parents":["folder-1"],
                 "appProperties":{"backstopKey":"%s"}}"""
                    .formatted(KEY_HASH)));
    assertThat(new String(part(sent, 1), StandardCharsets.UTF_8)).isEqualTo("a;b\r\n1;2\r\n");
  }

  @Test
  void shouldReturnTheFileThatAnEarlierCallMade() {
    searchFinds("{\"id\":\"id-0\",\"name\":\"Übersicht.csv\"}");

    Outcome outcome = DRIVE.execute(upload, file().build());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Succeeded(
                "{\"id\":\"id-0\",\"name\":\"Übersicht.csv\"}", OptionalInt.of(200)));
    assertThat(DRIVE.received()).hasSize(1);
  }

  @Test
  void shouldRepeatUnderTheSameIdAndTakeAConflictForSuccess() throws Exception {
    searchFinds("");
    idsAre("id-1", "id-2");
    DRIVE.stubFor(post(urlPathEqualTo(UPLOAD)).willReturn(aResponse().withStatus(503)));
    Outcome first = DRIVE.execute(upload, file().build());
    DRIVE.stubFor(
        post(urlPathEqualTo(UPLOAD))
            .willReturn(
                GoogleStub.error(
                    409, "fileIdInUse", "A file already exists with the provided ID.")));

    Outcome repeat = DRIVE.execute(upload, file().build());

    assertThat(first).isInstanceOf(Outcome.Retryable.class);
    assertThat(repeat).isInstanceOf(Outcome.Succeeded.class);
    assertThat(GoogleStub.json(((Outcome.Succeeded) repeat).response()).path("id"))
        .isEqualTo(metadataOf(DRIVE.received().get(2)).path("id"))
        .isEqualTo(metadataOf(DRIVE.received().get(4)).path("id"));
    DRIVE.verify(1, getRequestedFor(urlPathEqualTo(GENERATE)));
  }

  @Test
  void shouldNotAskForIdsWhileThereAreSpareOnes() throws Exception {
    searchFinds("");
    idsAre("id-1", "id-2");
    uploadSucceeds();
    DRIVE.execute(upload, file().build());

    DRIVE.execute(
        upload,
        file().build(),
        DRIVE.context("drive", Map.of("token", "t"), "order-8", Duration.ofSeconds(20)));

    assertThat(metadataOf(DRIVE.received().get(4)).path("id").asText()).isEqualTo("id-2");
    DRIVE.verify(1, getRequestedFor(urlPathEqualTo(GENERATE)));
  }

  @Test
  void shouldTakeAnotherConflictForAConflict() {
    searchFinds("");
    idsAre("id-1");
    DRIVE.stubFor(
        post(urlPathEqualTo(UPLOAD)).willReturn(GoogleStub.error(409, "other", "Not now.")));

    Outcome outcome = DRIVE.execute(upload, file().build());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Permanent(FailureClass.CONFLICT, "other: Not now.", OptionalInt.of(409)));
  }

  @Test
  void shouldNotUploadWhenTheLookUpFails() {
    DRIVE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));

    Outcome outcome = DRIVE.execute(upload, file().build());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.SERVER_ERROR));
    assertThat(DRIVE.received()).hasSize(1);
  }

  @Test
  void shouldNotUploadWithoutAnId() {
    searchFinds("");
    DRIVE.stubFor(
        get(urlPathEqualTo(GENERATE))
            .willReturn(GoogleStub.error(403, "userRateLimitExceeded", "Slow down.")));

    Outcome outcome = DRIVE.execute(upload, file().build());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.RATE_LIMITED));
    assertThat(DRIVE.received()).hasSize(2);
  }

  @Test
  void shouldMakeNoFurtherCallOnceGivenUp() {
    DRIVE.stubFor(
        get(urlPathEqualTo(SEARCH)).willReturn(okJson("{\"files\":[]}").withFixedDelay(300)));
    CompletableFuture<Outcome> call =
        upload
            .execute(
                GoogleStub.request(upload, file().build()),
                DRIVE.context("drive", Duration.ofSeconds(20)))
            .toCompletableFuture();
    Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> DRIVE.received().size() == 1);

    call.cancel(true);

    Awaitility.await()
        .during(Duration.ofMillis(500))
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> DRIVE.received().size() == 1);
  }

  @Test
  void shouldAcceptACompleteFile() {
    assertThat(GoogleStub.problems(upload, file().build())).isEmpty();
  }

  @Test
  void shouldNameMissingFields() {
    assertThat(GoogleStub.problems(upload, FilePayload.newBuilder().build()))
        .satisfiesExactly(
            name -> assertThat(name).startsWith("payload.name is missing"),
            content -> assertThat(content).startsWith("payload.content is missing"));
  }

  @Test
  void shouldRefuseMediaTypesThatCannotBeUploaded() {
    assertThat(GoogleStub.problems(upload, file().setMimeType("text/csv\r\nX: y").build()))
        .singleElement()
        .asString()
        .startsWith("payload.mimeType is not a media type");
    assertThat(
            GoogleStub.problems(
                upload, file().setMimeType("application/vnd.google-apps.document").build()))
        .singleElement()
        .asString()
        .startsWith("payload.mimeType is a type of Google's own documents");
  }

  @Test
  void shouldRefuseContentBeyondDrivesBound() {
    ByteBuffer large = ByteBuffer.allocate(DriveProblems.MAX_CONTENT + 1);

    assertThat(GoogleStub.problems(upload, file().setContent(large).build()))
        .singleElement()
        .asString()
        .startsWith("payload.content is larger than 5 MB");
  }
}
