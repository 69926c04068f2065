package io.backstop.executor.google;

import io.backstop.action.FilePayload;
import io.backstop.executor.Problems;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/** What Drive would refuse in a payload, said before the call. */
final class DriveProblems {
  /** Drive's own bound of a multipart upload; beyond it an upload must be resumable. */
  static final int MAX_CONTENT = 5 * 1024 * 1024;

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *; *[\\w!#$&^.+-]+=[\\w!#$&^.+-]+)*");

  private DriveProblems() {}

  static List<String> ofFolder(FilePayload payload) {
    return common(payload).found();
  }

  static List<String> ofUpload(FilePayload payload) {
    ByteBuffer content = payload.getContent();
    String mediaType = payload.getMimeType();
    return common(payload)
        .check(content != null, "payload.content is missing: an upload needs the file's bytes")
        .check(
            content == null || content.remaining() <= MAX_CONTENT,
            "payload.content is larger than 5 MB: send a smaller file")
        .check(
            mediaType == null || MEDIA_TYPE.matcher(mediaType).matches(),
            "payload.mimeType is not a media type: write it as type/subtype")
        .check(
            mediaType == null || !mediaType.startsWith("application/vnd.google-apps."),
            "payload.mimeType is a type of Google's own documents, which cannot be uploaded: name"
                + " the media type of the content")
        .found();
  }

  private static Problems common(FilePayload payload) {
    return new Problems().require("payload.name", payload.getName(), "Drive shows it by its name");
  }
}
