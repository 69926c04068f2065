package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.ServiceName;

/** One request on its way to one target, and what is lost on that way. */
record Conversion(ActionRequest request, Place place, Losses losses) {

  String target() {
    return place.target();
  }

  /** Service of the target. */
  String service() {
    return ServiceName.service(place.target());
  }

  /** Service of the primary action. */
  String origin() {
    return ServiceName.service(request.getAction());
  }

  /** Whether the places and ids of the request mean the same at the target. */
  boolean isSameService() {
    return service().equals(origin());
  }

  /** A title, subject or text where the request has none. */
  String standIn() {
    return request.getAction() + " " + request.getRequestId();
  }

  /** {@code the list of Trello}, for a loss. */
  String ofOrigin(String what) {
    return what + " of " + ServiceName.of(origin());
  }
}
