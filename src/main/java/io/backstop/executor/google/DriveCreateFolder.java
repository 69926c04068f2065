package io.backstop.executor.google;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code drive:createFolder}: a folder is a file without content, of a media type of its own. */
public final class DriveCreateFolder implements ActionExecutor {
  private static final String FOLDER = "application/vnd.google-apps.folder";

  private final Target target = new Target("drive:createFolder", PayloadFamily.FILE);
  private final DriveIds ids = new DriveIds();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return DriveProblems.ofFolder((FilePayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::drive);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    return new DriveCreation(
            ids,
            context,
            DriveFile.metadata((FilePayload) request.getPayload(), FOLDER),
            metadata -> DriveCalls.create(context, metadata))
        .start();
  }
}
