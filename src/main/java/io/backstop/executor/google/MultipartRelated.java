package io.backstop.executor.google;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A {@code multipart/related} body of two parts, as Drive takes an upload: the metadata in JSON,
 * then the content as it is.
 */
record MultipartRelated(String contentType, byte[] body) {

  /**
   * @param mediaType of the content; must hold no line break
   */
  static MultipartRelated of(byte[] metadata, String mediaType, byte[] content) {
    if (mediaType.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("media type holds a control character");
    }
    String boundary = "backstop-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream(metadata.length + content.length + 320);
    part(body, boundary, "application/json; charset=UTF-8", metadata);
    part(body, boundary, mediaType, content);
    body.writeBytes(ascii("--" + boundary + "--\r\n"));
    return new MultipartRelated("multipart/related; boundary=" + boundary, body.toByteArray());
  }

  private static void part(
      ByteArrayOutputStream body, String boundary, String mediaType, byte[] bytes) {
    body.writeBytes(ascii("--" + boundary + "\r\nContent-Type: " + mediaType + "\r\n\r\n"));
    body.writeBytes(bytes);
    body.writeBytes(ascii("\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
