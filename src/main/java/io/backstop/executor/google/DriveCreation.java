package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Outcome;
import io.backstop.action.Outcome.Permanent;
import io.backstop.action.Outcome.Succeeded;
import io.backstop.executor.CallContext;
import io.backstop.executor.http.HttpReply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes one file or folder in Drive such that a repeat makes no second one.
 *
 * <pre>
 *   look the key up ──found──► succeeded with that file
 *         │ not found
 *   take the key's id, or let Drive generate ids
 *         │
 *   create under that id ──409 id in use──► succeeded: an earlier call made it
 * </pre>
 *
 * <p>The two guard against different repeats. Drive takes only ids that it generated, so an id
 * cannot be derived from the key, and it is lost with the process: after a crash only the look-up
 * of the key, which each file bears as a property, finds the file. But Drive's search lags a little
 * behind a creation, and a call that we gave up may still be running there: against a repeat within
 * this process the id guards, which {@link DriveIds} keeps for the key. What remains is a crash
 * followed by a repeat within that lag.
 */
final class DriveCreation {
  /** What each creating call asks of Drive, for its query. */
  static final String OPTIONS = "supportsAllDrives=true&fields=" + UrlText.encode(DriveFile.FIELDS);

  private static final String PUBLIC_BASE = "https://www.googleapis.com";
  private static final String FILES = "/drive/v3/files";

  private final DriveIds ids;
  private final GoogleApi drive;
  private final String key;

  /** The creating call itself. */
  interface Creator {
    CompletionStage<HttpReply> create(GoogleApi drive, ObjectNode metadata);
  }

  DriveCreation(DriveIds ids, CallContext context) {
    this.ids = ids;
    this.drive = new GoogleApi(context, PUBLIC_BASE);
    this.key = Fingerprint.of(context.idempotencyKey());
  }

  CompletionStage<Outcome> start(ObjectNode metadata, Creator creator) {
    return drive.outcome(
        lookUp()
            .thenCompose(
                found -> {
                  if (!GoogleReply.isSuccess(found)) {
                    return done(GoogleReply.outcome(found));
                  }
                  JsonNode file = GoogleReply.json(found).path("files").path(0);
                  return file.isMissingNode()
                      ? create(metadata, creator)
                      : done(new Succeeded(file.toString(), OptionalInt.of(found.status())));
                }));
  }

  private CompletionStage<HttpReply> lookUp() {
    return drive.get(
        FILES
            + "?q="
            + UrlText.encode(DriveFile.bearing(key))
            + "&pageSize=1&supportsAllDrives=true&includeItemsFromAllDrives=true&fields="
            + UrlText.encode("files(" + DriveFile.FIELDS + ")"));
  }

  private CompletionStage<Outcome> create(ObjectNode metadata, Creator creator) {
    Optional<String> id = ids.of(key);
    if (id.isPresent()) {
      return createAs(id.get(), metadata, creator);
    }
    return drive
        .get(FILES + "/generateIds?count=" + DriveIds.MAX_SPARE + "&space=drive&type=files")
        .thenCompose(
            generated ->
                GoogleReply.isSuccess(generated)
                    ? createAs(ids.keep(key, idsIn(generated)), metadata, creator)
                    : done(GoogleReply.outcome(generated)));
  }

  private static List<String> idsIn(HttpReply generated) {
    return GoogleReply.json(generated).path("ids").valueStream().map(JsonNode::asText).toList();
  }

  private CompletionStage<Outcome> createAs(String id, ObjectNode metadata, Creator creator) {
    ObjectNode identified = DriveFile.identified(metadata, id, key);
    return creator
        .create(drive, identified)
        .thenApply(
            reply -> {
              Outcome outcome =
                  GoogleError.of(reply).isKnownFileId()
                      ? new Succeeded(
                          metadata.deepCopy().put("id", id).toString(),
                          OptionalInt.of(reply.status()))
                      : GoogleReply.outcome(reply);
              releaseAfter(outcome);
              return outcome;
            });
  }

  // After any other outcome the file may have been made, or be made yet.
  private void releaseAfter(Outcome outcome) {
    if (outcome instanceof Succeeded || outcome instanceof Permanent) {
      ids.release(key);
    }
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
