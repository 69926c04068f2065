package io.backstop.action;

/**
 * A request on its way to the topic of a fallback step.
 *
 * @param partition that of the task which sends it, and will read it again: the request's key need
 *     not lead there, because upstreams have partitioners of their own
 */
public record FallbackHop(OriginalRecord original, FallbackRequest request, int partition)
    implements Traceable {

  /** The step that it goes to. */
  public String step() {
    return request.getSteps().get(request.getPosition());
  }
}
