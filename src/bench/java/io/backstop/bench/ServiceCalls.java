package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.HttpTransport;
import io.backstop.executor.http.VertxTransport;
import io.backstop.executor.notion.CreatePage;
import io.backstop.executor.trello.CreateCard;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The calls of the sides that are not Backstop. They read the same records with the same decoder
 * and send the same calls with the same client, so that what is compared is what is around them.
 */
final class ServiceCalls implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(10);

  /** The service did not do it. */
  static final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailed(String message) {
      // as light as a failure can be: no side is to pay for traces
      super(message, null, false, false);
    }
  }

  private final HttpTransport http = new VertxTransport();
  private final Registry registry;
  private final WireDecoder<ActionRequest> decoder;
  private final Door primary;
  private final Door fallback;

  /** One service with the target called there. */
  private record Door(ActionExecutor target, ServiceAccess service, Credentials credentials) {}

  ServiceCalls(BackstopConfig config) {
    this.registry = new Registry(config.registry());
    this.decoder = new WireDecoder<>(ActionRequest.class, registry, Clock.systemUTC());
    this.primary = door(config, new CreatePage(), SimulatedPair.PRIMARY);
    this.fallback = door(config, new CreateCard(), SimulatedPair.FALLBACK);
  }

  private static Door door(BackstopConfig config, ActionExecutor target, String service) {
    ServiceAccess access = config.services().get(service);
    return new Door(target, access, new CredentialsFactory().forService(service, access));
  }

  /**
   * Fails with {@link CallFailed}.
   *
   * @param request as it stands on the topic
   */
  CompletableFuture<byte[]> primary(byte[] request) {
    return call(primary, decode(request));
  }

  /** The same elsewhere: a card instead of a page. */
  CompletableFuture<byte[]> fallback(byte[] request) {
    ActionRequest asked = decode(request);
    TaskPayload card =
        TaskPayload.newBuilder((TaskPayload) asked.getPayload())
            .setContainer(PeersRound.FALLBACK_LIST)
            .build();
    return call(fallback, ActionRequest.newBuilder(asked).setPayload(card).build());
  }

  private CompletableFuture<byte[]> call(Door door, ActionRequest request) {
    var context =
        new CallContext(
            request.getIdempotencyKey(),
            1,
            Optional.empty(),
            TIMEOUT,
            door.service(),
            door.credentials(),
            http);
    return door.target()
        .execute(request, context)
        .thenApply(ServiceCalls::answer)
        .toCompletableFuture();
  }

  private static byte[] answer(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded done) {
      return done.response().getBytes(StandardCharsets.UTF_8);
    }
    throw new CallFailed(outcome.toString());
  }

  private ActionRequest decode(byte[] request) {
    Decoded<ActionRequest> decoded = decoder.decodeFetching(request, REGISTRY_PATIENCE);
    if (decoded instanceof Decoded.Value<ActionRequest> value) {
      return value.value();
    }
    throw new IllegalStateException("not readable: " + decoded);
  }

  @Override
  public void close() {
    http.close();
    decoder.close();
    try {
      registry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
