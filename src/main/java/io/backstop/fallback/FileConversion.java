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
    return switch (conversion.service()) {
      case "local" -> from;
      case "file" -> onDisk(from, conversion);
      case "drive" -> uploadable(from, conversion);
      default -> moved(from, conversion).build();
    };
  }

  /** A text file made of what is no file. */
  static FilePayload ofWords(Words words, Conversion conversion) {
    return FilePayload.newBuilder()
        .setName(FileNames.plain(conversion.standIn()) + ".txt")
        .setMimeType(conversion.service().equals("file") ? null : "text/plain")
        .setContent(ByteBuffer.wrap(words.together().getBytes(StandardCharsets.UTF_8)))
        .setFolder(conversion.place().folder().orElse(null))
        .build();
  }

  /** A folder becomes a text that says so: on a disk there is nothing without content. */
  private static FilePayload onDisk(FilePayload from, Conversion conversion) {
    if (from.getContent() == null) {
      return ofWords(Words.of(conversion), conversion);
    }
    FilePayload.Builder to = moved(from, conversion);
    Losses losses = conversion.losses();
    losses.addIfGiven("media type", from.getMimeType());
    losses.addIfGiven("description", from.getDescription());
    String name = FileNames.possible(to.getName());
    if (!name.equals(to.getName())) {
      losses.add("name (changed to one that a file can have: %s)".formatted(name));
    }
    return to.setName(name).setMimeType(null).setDescription(null).build();
  }

  private static FilePayload uploadable(FilePayload from, Conversion conversion) {
    if (from.getContent() == null) {
      throw new NotConvertible("there is no content to upload");
    }
    int size = from.getContent().remaining();
    if (size > DRIVE_CONTENT) {
      throw new NotConvertible(
          "the file has %,d bytes; Google Drive takes at most %,d in one upload"
              .formatted(size, DRIVE_CONTENT));
    }
    return moved(from, conversion).build();
  }

  private static FilePayload.Builder moved(FilePayload from, Conversion conversion) {
    FilePayload.Builder to = FilePayload.newBuilder(from);
    if (from.getName() == null || from.getName().isBlank()) {
      to.setName(FileNames.plain(conversion.standIn()));
    }
    if (!conversion.isSameService()) {
      to.setFolder(conversion.place().folder().orElse(null));
      conversion.losses().addIfGiven(conversion.ofOrigin("folder"), from.getFolder());
    } else if (from.getFolder() == null) {
      to.setFolder(conversion.place().folder().orElse(null));
    }
    return to;
  }
}
