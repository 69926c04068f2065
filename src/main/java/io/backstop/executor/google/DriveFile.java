package io.backstop.executor.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.FilePayload;
import io.backstop.executor.Json;

/** Drive's file resource, as far as it is written and read here. */
final class DriveFile {
  private static final String KEY_PROPERTY = "backstopKey";

  private DriveFile() {}

  /** What is known of a new file before its id is. */
  static ObjectNode metadata(FilePayload payload, String mediaType) {
    ObjectNode metadata = Json.object();
    metadata.put("name", payload.getName()).put("mimeType", mediaType);
    if (payload.getDescription() != null) {
      metadata.put("description", payload.getDescription());
    }
    if (payload.getFolder() != null) {
      metadata.putArray("parents").add(payload.getFolder());
    }
    return metadata;
  }

  /**
   * @param key bare of quotes; at most 113 bytes, as Drive bounds a property's name and value
   */
  static ObjectNode identified(ObjectNode metadata, String id, String key) {
    ObjectNode identified = metadata.deepCopy().put("id", id);
    identified.putObject("appProperties").put(KEY_PROPERTY, key);
    return identified;
  }

  /** The search for files that bear the key. */
  static String bearing(String key) {
    return "appProperties has { key='"
        + KEY_PROPERTY
        + "' and value='"
        + key
        + "' } and trashed = false";
  }
}
