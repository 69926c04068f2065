package io.backstop.simulator;

import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.ServerSetup;
import io.backstop.config.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulated mail server: SMTP by GreenMail on a loopback port, a thread for each connection. Any
 * recipient has a mailbox, except those whose address contains {@code missing}.
 */
final class SmtpMailbox extends SmtpServer {
  static final String CONNECT = "connect";

  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailbox.class);
  private static final int LONGEST_SILENCE_MS = 300_000;

  private final ServerSocket door;
  private final ServiceBooks books;
  private final MailFiles files;
  private final long seed;
  private final CountDownLatch closing = new CountDownLatch(1);

  private SmtpMailbox(ServerSocket door, ServiceBooks books, MailFiles files, long seed) {
    super(new ServerSetup(0, Simulator.LOOPBACK, ServerSetup.PROTOCOL_SMTP), null);
    this.door = door;
    this.books = books;
    this.files = files;
    this.seed = seed;
  }

  /**
   * Listens before it returns.
   *
   * @throws StartupException when the port is in use or the directory cannot be made
   */
  static SmtpMailbox open(MailboxOptions options, ServiceBooks books, long seed, Clock clock) {
    SmtpMailbox mailbox;
    try {
      Files.createDirectories(options.directory());
      ServerSocket door = listen(options.port());
      mailbox = new SmtpMailbox(door, books, new MailFiles(options.directory(), clock), seed);
    } catch (IOException e) {
      throw new StartupException(
          "the mailbox in " + options.directory() + " cannot be made (" + e.getMessage() + ")", e);
    }
    mailbox.setDaemon(true);
    mailbox.setClientSocketTimeout(LONGEST_SILENCE_MS);
    mailbox.startService();
    return mailbox;
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 0, InetAddress.getByName(Simulator.LOOPBACK));
    } catch (IOException e) {
      throw new StartupException(
          "simulator cannot listen on %s:%d for mail (%s): stop what uses the port or choose another with --smtp-port"
              .formatted(Simulator.LOOPBACK, port, e.getMessage()),
          e);
    }
  }

  @Override
  protected ServerSocket openServerSocket() {
    return door;
  }

  int port() {
    return door.getLocalPort();
  }

  @Override
  protected void handleClientSocket(Socket client) throws SocketException {
    switch (books.faults().outage()) {
      case NONE -> super.handleClientSocket(client);
      case UNAVAILABLE -> turnAway(client, SmtpReplies.CLOSING);
      case REFUSE -> turnAway(client, null);
    }
  }

  /**
   * @param reply null for a reset, the nearest to a closed port
   */
  private void turnAway(Socket client, String reply) {
    CallTrace trace = books.trace();
    books.counters().arrived();
    trace.read(CONNECT, () -> null, () -> 0);
    try (client) {
      if (reply == null) {
        client.setSoLinger(true, 0);
      } else {
        byte[] line = (reply + "\r\n").getBytes(StandardCharsets.US_ASCII);
        client.getOutputStream().write(line);
      }
    } catch (IOException gone) {
      LOG.debug("client went before it was turned away", gone);
    }
    books.answered(CONNECT, reply == null ? ServiceCounters.RESET : reply.substring(0, 3), trace);
    books.counters().left();
  }

  @Override
  protected ProtocolHandler createProtocolHandler(Socket client) {
    SmtpVisit visit = new SmtpVisit(client, books, files, seed, closing);
    return new SmtpHandler(new SmtpCommandRegistry(), visit, client) {
      @Override
      public void run() {
        try {
          super.run();
        } catch (IllegalStateException clientWentAmidAMail) {
          LOG.debug("mail client went", clientWentAmidAMail);
        }
      }
    };
  }

  /** Drops what has no answer yet, and returns when the port is free. */
  void close() {
    closing.countDown();
    stopService();
  }
}
