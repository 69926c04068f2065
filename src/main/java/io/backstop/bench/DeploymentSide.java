package io.backstop.bench;

import io.backstop.action.ActionRequest;
import java.util.function.Function;

/**
 * A deployment that gets new requests in each round.
 *
 * @param first whether they are published before it starts, so that publishing takes no part of the
 *     machine from it; else when all its instances have their share
 */
record DeploymentSide(
    String name,
    Deployment deployment,
    int requests,
    Function<String, ActionRequest> request,
    boolean first)
    implements Side {

  @Override
  public String output() {
    return deployment.results();
  }

  @Override
  public int nextRequest() {
    return deployment.published();
  }

  @Override
  public Running start() {
    if (first) {
      deployment.publish(requests, request);
      return deployment.start();
    }
    Running running = deployment.start();
    deployment.publish(requests, request);
    return running;
  }
}
