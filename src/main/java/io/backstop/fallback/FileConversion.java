package io.backstop.fallback;

import io.backstop.action.FilePayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Files for a target. */
final class FileConversion {
  /** Drive's own bound of a multipart upload. */
  private static final int DRIVE_CONTENT = 5 * 1024 * 1024;

  private FileConversion() {}

  /** A file of another service, or another operation of the same one. */
  static FilePayload convert(FilePayload from, Conversion conversion) {
    requireContent(from, conversion);
    FilePayload.Builder to = FilePayload.newBuilder(from);
    if (isMissing(to.getName())) {
      to.setName(conversion.standIn());
    }
    if (!conversion.isSameService()) {
      to.setFolder(conversion.place().folder().orElse(null));
      conversion.losses().addIfGiven(conversion.ofOrigin("folder"), from.getFolder());
    } else if (from.getFolder() == null) {
      to.setFolder(conversion.place().folder().orElse(null));
    }
    return to.build();
  }

  /** A text file made of what is no file. */
  static FilePayload ofWords(Words words, Conversion conversion) {
    byte[] text = words.together().getBytes(StandardCharsets.UTF_8);
    return FilePayload.newBuilder()
        .setName(conversion.standIn().replaceAll("[^A-Za-z0-9._-]+", "-") + ".txt")
        .setMimeType("text/plain")
        .setContent(ByteBuffer.wrap(text))
        .setFolder(conversion.place().folder().orElse(null))
        .build();
  }

  private static void requireContent(FilePayload from, Conversion conversion) {
    if (!conversion.service().equals("drive")) {
      return;
    }
    if (from.getContent() == null) {
      throw new NotConvertible("there is no content to upload");
    }
    int size = from.getContent().remaining();
    if (size > DRIVE_CONTENT) {
      throw new NotConvertible(
          "the file has %,d bytes; Google Drive takes at most %,d in one upload"
              .formatted(size, DRIVE_CONTENT));
    }
  }

  private static boolean isMissing(String text) {
    return text == null || text.isBlank();
  }
}
