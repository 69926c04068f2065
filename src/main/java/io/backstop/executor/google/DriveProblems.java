package io.backstop.executor.google;

import io.backstop.action.FilePayload;
import java.util.ArrayList;
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
    List<String> problems = new ArrayList<>();
    if (isBlank(payload.getName())) {
      problems.add("payload.name is missing: a file or folder in Drive needs a name");
    }
    return problems;
  }

  static List<String> ofUpload(FilePayload payload) {
    List<String> problems = ofFolder(payload);
    if (payload.getContent() == null) {
      problems.add("payload.content is missing: an upload needs the file's bytes");
    } else if (payload.getContent().remaining() > MAX_CONTENT) {
      problems.add("payload.content is larger than 5 MB: send a smaller file");
    }
    String mediaType = payload.getMimeType();
    if (mediaType != null && !MEDIA_TYPE.matcher(mediaType).matches()) {
      problems.add("payload.mimeType is not a media type: write it as type/subtype");
    } else if (mediaType != null && mediaType.startsWith("application/vnd.google-apps.")) {
      problems.add(
          "payload.mimeType is a type of Google's own documents, which cannot be uploaded: name"
              + " the media type of the content");
    }
    return problems;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
