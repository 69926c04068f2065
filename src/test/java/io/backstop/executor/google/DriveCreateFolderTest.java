package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.Fingerprint;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DriveCreateFolderTest {
  @RegisterExtension static final GoogleStub DRIVE = new GoogleStub();

  private final DriveCreateFolder createFolder = new DriveCreateFolder();

  private static void driveCreates() {
    DRIVE.stubFor(
        get(urlPathEqualTo("/drive/drive/v3/files")).willReturn(okJson("{\"files\":[]}")));
    DRIVE.stubFor(
        get(urlPathEqualTo("/drive/drive/v3/files/generateIds"))
            .willReturn(okJson("{\"ids\":[\"id-1\"]}")));
    DRIVE.stubFor(
        post(urlPathEqualTo("/drive/drive/v3/files")).willReturn(okJson("{\"id\":\"id-1\"}")));
  }

  @Test
  void shouldCreateAFolderUnderAnIdThatDriveGenerated() {
    driveCreates();

    Outcome outcome =
        DRIVE.execute(createFolder, FilePayload.newBuilder().setName("Invoices").build());

    assertThat(outcome).isEqualTo(new Outcome.Succeeded("{\"id\":\"id-1\"}", OptionalInt.of(200)));
    LoggedRequest sent = DRIVE.received().get(2);
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getHeader("Content-Type")).startsWith("application/json");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
    assertThat(sent.queryParameter("fields").firstValue())
        .isEqualTo("id,name,mimeType,parents,webViewLink");
    assertThat(GoogleStub.json(sent.getBodyAsString()))
        .isEqualTo(
            GoogleStub.json(
                """
                {"id":"id-1","name":"Invoices","mimeType":"application/vnd.google-apps.folder",
                 "appProperties":{"backstopKey":"%s"}}"""
                    .formatted(Fingerprint.of(GoogleStub.KEY))));
  }

  @Test
  void shouldNameTheMissingName() {
    assertThat(GoogleStub.problems(createFolder, FilePayload.newBuilder().setName(" ").build()))
        .singleElement()
        .asString()
        .startsWith("payload.name is missing");
  }
}
