package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Outcome;
import io.backstop.action.Outcome.Permanent;
import io.backstop.action.Outcome.Succeeded;
import io.backstop.executor.CallContext;
import io.backstop.executor.Fingerprint;
import io.backstop.executor.Json;
import io.backstop.executor.ServiceCall;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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
  private final DriveIds ids;
  private final CallContext context;
  private final String key;
  private final ObjectNode metadata;
  private final Function<ObjectNode, ServiceCall> creator;
  private final CallChain calls = new CallChain();

  /**
   * @param metadata of the file, without an id
   * @param creator makes the creating call from the metadata with the id
   */
  DriveCreation(
      DriveIds ids,
      CallContext context,
      ObjectNode metadata,
      Function<ObjectNode, ServiceCall> creator) {
    this.ids = ids;
    this.context = context;
    this.key = Fingerprint.of(context.idempotencyKey());
    this.metadata = metadata;
    this.creator = creator;
  }

  CompletionStage<Outcome> start() {
    return calls.endingWith(
        afterSuccess(
            send(DriveCalls.search(context, DriveFile.bearing(key))),
            found -> {
              JsonNode file = json(found).path("files").path(0);
              return file.isMissingNode()
                  ? create()
                  : done(new Succeeded(file.toString(), found.httpStatus()));
            }));
  }

  private CompletionStage<Outcome> create() {
    Optional<String> id = ids.of(key);
    if (id.isPresent()) {
      return createAs(id.get());
    }
    return afterSuccess(
        send(DriveCalls.generateIds(context, DriveIds.MAX_SPARE)),
        generated -> createAs(ids.keep(key, idsIn(generated))));
  }

  private CompletionStage<Outcome> createAs(String id) {
    return send(creator.apply(DriveFile.identified(metadata, id, key)))
        .thenApply(
            outcome -> {
              Outcome ended = GoogleErrors.isIdInUse(outcome) ? madeBefore(id, outcome) : outcome;
              releaseAfter(ended);
              return ended;
            });
  }

  private Outcome madeBefore(String id, Outcome refused) {
    return new Succeeded(
        metadata.deepCopy().put("id", id).toString(), ((Permanent) refused).httpStatus());
  }

  // After any other outcome the file may have been made, or be made yet.
  private void releaseAfter(Outcome outcome) {
    if (outcome instanceof Succeeded || outcome instanceof Permanent) {
      ids.release(key);
    }
  }

  private CompletionStage<Outcome> send(ServiceCall call) {
    return calls.send(call, GoogleErrors.CLASSIFIER);
  }

  private static CompletionStage<Outcome> afterSuccess(
      CompletionStage<Outcome> call, Function<Succeeded, CompletionStage<Outcome>> next) {
    return call.thenCompose(
        outcome -> outcome instanceof Succeeded succeeded ? next.apply(succeeded) : done(outcome));
  }

  private static List<String> idsIn(Succeeded generated) {
    List<String> generatedIds =
        json(generated).path("ids").valueStream().map(JsonNode::asText).toList();
    if (generatedIds.isEmpty()) {
      throw new CompletionException(new IOException("Drive generated no file ids"));
    }
    return generatedIds;
  }

  private static JsonNode json(Succeeded answer) {
    return Json.read(answer.response()).orElseThrow();
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
