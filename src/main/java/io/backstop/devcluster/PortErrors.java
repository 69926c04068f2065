package io.backstop.devcluster;

/** One wording for what can be wrong with a port. */
public final class PortErrors {
  private PortErrors() {}

  public static String inUse(int port, String flag) {
    return "port "
        + port
        + " on 127.0.0.1 is already in use: stop the process that has it, or choose another port with "
        + flag
        + " (0 takes a free one)";
  }

  static String notUsable(int port, String flag, String reason) {
    return "cannot listen on port "
        + port
        + " of 127.0.0.1 ("
        + reason
        + "): choose another port with "
        + flag;
  }
}
