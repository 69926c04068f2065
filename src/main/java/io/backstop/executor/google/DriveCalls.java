package io.backstop.executor.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.CallContext;
import io.backstop.executor.Json;
import io.backstop.executor.ServiceCall;

/** The calls of Drive's API that are made here. */
final class DriveCalls {
  private static final String PUBLIC_BASE = "https://www.googleapis.com";
  private static final String FILES = "/drive/v3/files";

  // Without a list of fields Drive answers no parents and no link.
  private static final String FIELDS = "id,name,mimeType,parents,webViewLink";
  private static final String CREATION =
      "supportsAllDrives=true&fields=" + ServiceCall.encode(FIELDS);

  private DriveCalls() {}

  /** Finds one file that matches, shared drives included. */
  static ServiceCall search(CallContext context, String query) {
    return call(
        context,
        "GET",
        FILES
            + "?q="
            + ServiceCall.encode(query)
            + "&pageSize=1&supportsAllDrives=true&includeItemsFromAllDrives=true&fields="
            + ServiceCall.encode("files(" + FIELDS + ")"));
  }

  static ServiceCall generateIds(CallContext context, int count) {
    return call(context, "GET", FILES + "/generateIds?space=drive&type=files&count=" + count);
  }

  static ServiceCall create(CallContext context, ObjectNode metadata) {
    return call(context, "POST", FILES + "?" + CREATION).json(metadata);
  }

  static ServiceCall upload(
      CallContext context, ObjectNode metadata, String mediaType, byte[] content) {
    MultipartRelated body = MultipartRelated.of(Json.bytes(metadata), mediaType, content);
    return call(context, "POST", "/upload" + FILES + "?uploadType=multipart&" + CREATION)
        .body(body.contentType(), body.body());
  }

  /** Drive answers nothing without a list of fields. */
  static ServiceCall aboutUser(CallContext context) {
    return call(context, "GET", "/drive/v3/about?fields=user");
  }

  private static ServiceCall call(CallContext context, String method, String path) {
    return ServiceCall.to(context, PUBLIC_BASE, method, path);
  }
}
