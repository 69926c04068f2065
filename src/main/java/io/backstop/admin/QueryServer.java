package io.backstop.admin;

import io.backstop.config.QueryConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.Address;
import io.backstop.runtime.Stores;
import java.time.Clock;
import java.time.Duration;

/**
 * The HTTP endpoint of one instance. It is bound before the processor starts, because the processor
 * tells the others its address; until {@link #serve} it answers that the instance starts.
 */
public final class QueryServer implements AutoCloseable {
  /** How long another instance may take: an answer without it is better than none. */
  private static final Duration PEER_LIMIT = Duration.ofSeconds(3);

  private final StoresWhenReady stores;
  private final Peers peers;
  private final HttpListener listener;
  private final Address address;

  private QueryServer(StoresWhenReady stores, Peers peers, HttpListener listener, Address address) {
    this.stores = stores;
    this.peers = peers;
    this.listener = listener;
    this.address = address;
  }

  /**
   * @throws StartupException when it would be open to everybody, or the port is taken
   */
  public static QueryServer bind(QueryConfig config, Clock clock) {
    Binding binding = Binding.of(config);
    StoresWhenReady stores = new StoresWhenReady();
    Peers peers = new Peers(binding.token(), PEER_LIMIT);
    Gathering gathering = new Gathering(stores, peers);
    OutcomeQueries outcomes = new OutcomeQueries(stores, gathering);
    Endpoints.Queries queries =
        new Endpoints.Queries(
            new DeskQueries(gathering),
            new PreviewQueries(stores, gathering, outcomes, clock),
            outcomes,
            new FleetQueries(stores),
            new InstanceQueries(stores, peers, clock));
    Answering answering = new Answering(binding.access(), Endpoints.table(queries));
    try {
      HttpListener listener = HttpListener.start("query", binding, answering::addTo);
      Address address = new Address(binding.advertisedHost(), listener.port());
      return new QueryServer(stores, peers, listener, address);
    } catch (StartupException e) {
      peers.close();
      throw e;
    }
  }

  /** Where others reach it. */
  public Address address() {
    return address;
  }

  /** Answers from these from now on. */
  public void serve(Stores ready) {
    stores.set(ready);
  }

  @Override
  public void close() {
    listener.close();
    peers.close();
  }
}
