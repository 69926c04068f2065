package io.backstop.action;

/**
 * Takes what the fleet has decided about one scope. Called on the thread that reads the fleet's
 * state, once at start for each known scope and then at every change.
 */
@FunctionalInterface
public interface FleetNews {

  /**
   * @param scope the service or target concerned; empty where there is none
   * @param state null when nothing is decided any more
   */
  void changed(String scope, FleetState state);
}
