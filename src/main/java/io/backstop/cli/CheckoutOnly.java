package io.backstop.cli;

import io.backstop.config.StartupException;

/** What an installation for production, such as the container image, leaves out. */
final class CheckoutOnly {
  private static final String BROKER = "kafka.server.BrokerServer";
  private static final String MAIL_SERVER = "com.icegreen.greenmail.smtp.SmtpServer";

  private CheckoutOnly() {}

  /**
   * @throws StartupException when there is no embedded broker here
   */
  static void requireBroker() {
    require(BROKER, "Kafka broker");
  }

  /**
   * @throws StartupException when there is no embedded mail server here
   */
  static void requireMailServer() {
    require(MAIL_SERVER, "mail server");
  }

  private static void require(String type, String part) {
    try {
      Class.forName(type, false, CheckoutOnly.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new StartupException(
          "this installation has no embedded %s, which is for development: start it from a checkout of the sources"
              .formatted(part),
          e);
    }
  }
}
