package io.backstop.action;

import java.util.List;

/**
 * Makes the request for a fallback target out of the one for the primary action. Pure and
 * thread-safe.
 */
public interface PayloadConversion {

  /** What became of it. */
  sealed interface Converted {
    /**
     * It can be executed by the target.
     *
     * @param request with the target as its action and a payload of the target's family; all else
     *     as it was
     * @param losses what could not be carried over, one entry each, for a person
     */
    record Ready(ActionRequest request, List<String> losses) implements Converted {}

    /** It cannot. */
    record Refused(String reason) implements Converted {}
  }

  /**
   * @param request the request as its upstream sent it
   * @param target name of the fallback target
   * @param family what the target takes
   */
  Converted convert(ActionRequest request, String target, PayloadFamily family);
}
