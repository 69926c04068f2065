package io.backstop.executor.file;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code console:log}: a message as one line of the log, of the logger {@code backstop.console}.
 * The one place where a message's text is meant to be logged. A repeat logs it again.
 */
public final class ConsoleLog implements ActionExecutor {
  /** Name of the logger, for the log's own settings. */
  static final String LOGGER = "backstop.console";

  private static final Logger CONSOLE = LoggerFactory.getLogger(LOGGER);

  private final Target target = new Target("console:log", PayloadFamily.MESSAGE);
  // a log can hold up its caller, as when nobody reads the pipe that it goes to
  private final WriterThreads threads = new WriterThreads(target.name(), 1);

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    MessagePayload message = (MessagePayload) request.getPayload();
    return new Problems()
        .check(
            ConsoleLine.hasText(message), "payload.text is missing: a line of the log needs a text")
        .found();
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    FiledRequest filed = FiledRequest.of(request, context);
    return threads.start(() -> logged(filed));
  }

  private static Outcome logged(FiledRequest filed) {
    CONSOLE.info("{}", ConsoleLine.of(filed));
    return new Outcome.Succeeded(
        Json.object().put("logger", LOGGER).toString(), OptionalInt.empty());
  }
}
