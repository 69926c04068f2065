package io.backstop.torture;

import java.util.List;
import java.util.Map;

/**
 * All that is known when a run is over.
 *
 * @param steps fallback steps by action, in order
 * @param gaveUp each time that a processor ended by itself while broker and registry were there
 */
record Evidence(
    List<Published> published,
    List<Recorded> outcomes,
    List<ServiceCall> calls,
    List<OpenTime> openTimes,
    List<Disturbance> disturbances,
    Map<String, List<String>> steps,
    List<String> gaveUp) {}
