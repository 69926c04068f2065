package io.backstop.executor.google;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Target;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code drive:upload}: a new file by a multipart upload. */
public final class DriveUpload implements ActionExecutor {
  private final Target target = new Target("drive:upload", PayloadFamily.FILE);
  private final DriveIds ids = new DriveIds();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return DriveProblems.ofUpload((FilePayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::drive);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    FilePayload payload = (FilePayload) request.getPayload();
    String mediaType =
        payload.getMimeType() == null ? "application/octet-stream" : payload.getMimeType();
    byte[] content = bytes(payload.getContent());
    return new DriveCreation(
            ids,
            context,
            DriveFile.metadata(payload, mediaType),
            metadata -> DriveCalls.upload(context, metadata, mediaType, content))
        .start();
  }

  // The buffer is shared with whoever else reads the request: its position must stay.
  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
