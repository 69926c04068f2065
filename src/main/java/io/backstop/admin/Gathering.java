package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.runtime.Address;
import io.backstop.runtime.Placement;
import io.backstop.runtime.Stores;
import io.backstop.runtime.StoresAwayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts an answer about the whole desk together: from this instance's own partitions, and from each
 * other instance for the partitions that it has. Each partition is asked of one instance only, so
 * nothing is counted twice; one that gives no answer is said to be missing.
 */
final class Gathering {
  /** Only what the asked instance has itself; so the question does not go round. */
  static final Parameter LOCAL =
      new Parameter(
          "local",
          "true: only what this instance has itself. Used between instances.",
          new ParameterType.Flag());

  static final Parameter PARTITIONS =
      new Parameter(
          "partitions", "With local=true: only these partitions.", new ParameterType.Partitions());

  /**
   * @param answers one for each partition here, and one for each other instance
   */
  record Gathered<T>(List<T> answers, List<Missing> missing) {
    /** Both together. */
    Gathered<T> and(Gathered<T> other) {
      return new Gathered<>(joined(answers, other.answers), joined(missing, other.missing));
    }

    private static <E> List<E> joined(List<E> one, List<E> other) {
      return Stream.concat(one.stream(), other.stream()).toList();
    }
  }

  /**
   * What is asked.
   *
   * @param path encoded
   * @param parameters with which others are asked
   * @param local whether others are not to be asked
   * @param partitions to read, where it is a local question; empty for all that are here
   */
  record Question(
      String path,
      Map<String, List<String>> parameters,
      boolean local,
      Optional<Set<Integer>> partitions) {

    /**
     * The question that an instance was asked.
     *
     * @param changed parameters that others are asked with instead of the given ones
     */
    static Question of(Arguments arguments, Map<String, String> changed) {
      Map<String, List<String>> parameters = new TreeMap<>(arguments.given());
      changed.forEach((name, value) -> parameters.put(name, List.of(value)));
      return new Question(
          arguments.path(),
          parameters,
          arguments.flag(LOCAL.name()),
          arguments.partitions(PARTITIONS.name()));
    }
  }

  private record Share<T>(Optional<T> answer, List<Missing> missing) {}

  private final Stores stores;
  private final Peers peers;

  Gathering(Stores stores, Peers peers) {
    this.stores = stores;
    this.peers = peers;
  }

  /**
   * @param changed parameters that others are asked with instead of the given ones
   * @param here reads one partition of this instance
   * @param elsewhere reads what another instance answered
   */
  <T> CompletableFuture<Gathered<T>> ask(
      Arguments arguments,
      Map<String, String> changed,
      Function<Stores.Part, T> here,
      Function<ObjectNode, T> elsewhere) {
    return ask(arguments, changed, (partition, part) -> here.apply(part), elsewhere);
  }

  /**
   * As the other one, for a reading that depends on the partition.
   *
   * @param here reads one partition of this instance
   */
  <T> CompletableFuture<Gathered<T>> ask(
      Arguments arguments,
      Map<String, String> changed,
      BiFunction<Integer, Stores.Part, T> here,
      Function<ObjectNode, T> elsewhere) {
    return ask(
        Question.of(arguments, changed),
        stores.desk(),
        partition -> stores.readDesk(partition, part -> here.apply(partition, part)),
        elsewhere);
  }

  /**
   * The same about what became of requests.
   *
   * @param here reads one partition of this instance
   */
  <T> CompletableFuture<Gathered<T>> askAboutRequests(
      Question question, IntFunction<T> here, Function<ObjectNode, T> elsewhere) {
    return ask(question, stores.requests(), here, elsewhere);
  }

  private <T> CompletableFuture<Gathered<T>> ask(
      Question question,
      Placement placement,
      IntFunction<T> here,
      Function<ObjectNode, T> elsewhere) {
    List<CompletableFuture<Share<T>>> shares = new ArrayList<>();
    Set<Integer> own = new TreeSet<>(placement.here());
    if (question.local()) {
      question.partitions().ifPresent(wanted -> setTo(own, wanted));
    } else {
      // first, so that they work while this instance reads its own
      placement
          .elsewhere()
          .forEach(
              (address, partitions) -> {
                if (!partitions.isEmpty()) {
                  shares.add(ask(address, partitions, question, elsewhere));
                }
              });
      shares.add(CompletableFuture.completedFuture(unowned(placement)));
    }
    own.forEach(each -> shares.add(CompletableFuture.completedFuture(read(each, here))));
    return CompletableFuture.allOf(shares.toArray(CompletableFuture[]::new))
        .thenApply(done -> together(shares));
  }

  private static void setTo(Set<Integer> own, Collection<Integer> wanted) {
    own.clear();
    own.addAll(wanted);
  }

  private <T> Share<T> read(int partition, IntFunction<T> here) {
    try {
      return new Share<>(Optional.of(here.apply(partition)), List.of());
    } catch (StoresAwayException e) {
      Missing missing = new Missing(Optional.of(self()), Set.of(partition), e.getMessage());
      return new Share<>(Optional.empty(), List.of(missing));
    }
  }

  private String self() {
    return stores.address().map(Address::toString).orElseGet(stores::instance);
  }

  private <T> CompletableFuture<Share<T>> ask(
      Address address,
      Set<Integer> partitions,
      Question question,
      Function<ObjectNode, T> reading) {
    Map<String, List<String>> query = new TreeMap<>(question.parameters());
    query.put(LOCAL.name(), List.of("true"));
    query.put(
        PARTITIONS.name(),
        List.of(
            partitions.stream().sorted().map(String::valueOf).collect(Collectors.joining(","))));
    return peers
        .ask(address, question.path() + QueryString.of(query))
        .thenApply(reply -> share(address, partitions, reply, reading))
        .exceptionally(failure -> away(address, partitions, peers.reason(failure)));
  }

  private static <T> Share<T> share(
      Address address,
      Set<Integer> partitions,
      Peers.Reply reply,
      Function<ObjectNode, T> reading) {
    boolean answered = reply.status() == 200 || reply.body().has(Missing.MEMBER);
    if (!answered) {
      return away(address, partitions, refusal(reply));
    }
    return new Share<>(
        Optional.of(reading.apply(reply.body())), Missing.said(reply.body(), address.toString()));
  }

  /** Why an answer is none, for people. */
  static String refusal(Peers.Reply reply) {
    if (reply.status() == 401) {
      return "it refuses the token: backstop.query.token must be the same for all instances";
    }
    return "it answered with HTTP status %d %s"
        .formatted(reply.status(), reply.body().path("detail").asText());
  }

  private static <T> Share<T> away(Address address, Set<Integer> partitions, String why) {
    Missing missing = new Missing(Optional.of(address.toString()), partitions, why);
    return new Share<>(Optional.empty(), List.of(missing));
  }

  /** Partitions that no instance is known to have: they are on their way to another. */
  private static <T> Share<T> unowned(Placement placement) {
    Set<Integer> unowned = placement.unowned();
    return new Share<>(
        Optional.empty(),
        unowned.isEmpty()
            ? List.of()
            : List.of(
                new Missing(
                    Optional.empty(), unowned, "no instance that answers queries has them")));
  }

  private static <T> Gathered<T> together(List<CompletableFuture<Share<T>>> shares) {
    List<T> answers = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (CompletableFuture<Share<T>> each : shares) {
      Share<T> share = each.join();
      share.answer().ifPresent(answers::add);
      missing.addAll(share.missing());
    }
    return new Gathered<>(answers, missing);
  }
}
