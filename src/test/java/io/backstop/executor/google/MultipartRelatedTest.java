package io.backstop.executor.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartRelatedTest {

  @Test
  void shouldKeepContentByteForByte() throws Exception {
    byte[] content = new byte[70_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }

    MultipartRelated related =
        MultipartRelated.of(
            "{\"name\":\"ä\"}".getBytes(StandardCharsets.UTF_8), "application/pdf", content);

    MimeMultipart parts =
        new MimeMultipart(new ByteArrayDataSource(related.body(), related.contentType()));
    assertThat(related.contentType()).startsWith("multipart/related; boundary=");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("application/json; charset=UTF-8");
    assertThat(parts.getBodyPart(0).getInputStream().readAllBytes())
        .isEqualTo("{\"name\":\"ä\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("application/pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(content);
  }

  @Test
  void shouldRefuseMediaTypeThatWouldAddHeader() {
    byte[] none = new byte[0];

    assertThatThrownBy(() -> MultipartRelated.of(none, "text/plain\r\nX-Evil: 1", none))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
