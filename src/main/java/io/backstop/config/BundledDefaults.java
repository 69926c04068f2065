package io.backstop.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that usual environment variables give when the file says nothing. */
final class BundledDefaults {
  private static final List<String> GOOGLE_SERVICES =
      List.of("drive", "sheets", "gmail", "google-tasks");
  private static final Map<String, String> GOOGLE =
      Map.of(
          "token", "GOOGLE_TOKEN",
          "service-account-file", "GOOGLE_SERVICE_ACCOUNT_FILE",
          "client-id", "GOOGLE_CLIENT_ID",
          "client-secret", "GOOGLE_CLIENT_SECRET",
          "refresh-token", "GOOGLE_REFRESH_TOKEN");

  private BundledDefaults() {}

  /** Full key to an expression. */
  static Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    put(values, "notion", "token", "NOTION_TOKEN");
    put(values, "trello", "api-key", "TRELLO_KEY");
    put(values, "trello", "token", "TRELLO_TOKEN");
    put(values, "slack", "token", "SLACK_TOKEN");
    put(values, "email", "base-url", "EMAIL_BASE_URL");
    put(values, "email", "username", "EMAIL_USERNAME");
    put(values, "email", "password", "EMAIL_PASSWORD");
    put(values, "email", "sender", "EMAIL_SENDER");
    put(values, "webhook", "base-url", "WEBHOOK_BASE_URL");
    put(values, "webhook", "signing-secret", "WEBHOOK_SIGNING_SECRET");
    put(values, "webhook", "token", "WEBHOOK_TOKEN");
    GOOGLE_SERVICES.forEach(
        service -> GOOGLE.forEach((setting, variable) -> put(values, service, setting, variable)));
    values.put("backstop.fallback.enabled", "${ENABLE_FALLBACKS:true}");
    return values;
  }

  private static void put(Map<String, String> values, String service, String setting, String env) {
    values.put("backstop.services." + service + "." + setting, "${" + env + ":}");
  }
}
