package io.backstop.executor.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Outcome;
import io.backstop.executor.Json;
import io.backstop.executor.mail.MailServer.Encryption;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** The connection of one mail thread, kept from call to call. Not thread-safe. */
final class MailConnection implements AutoCloseable {
  /** A kept connection that is dead must not use up the time for a new one. */
  private static final int MOST_MILLIS_TO_SAY_NOOP = 2_000;

  /** Whom it leads to; null while there is none. */
  private MailServer server;

  private Socket socket;
  private SMTPTransport transport;

  /** Ready for a mail: the kept connection if it still leads there, else a new one. */
  MailConnection to(MailServer wanted, MailCall call) throws MessagingException, IOException {
    if (wanted.equals(server) && isAlive(call)) {
      return this;
    }
    close();
    open(wanted, call);
    return this;
  }

  /** Angus says NOOP. */
  private boolean isAlive(MailCall call) throws IOException {
    call.uses(socket);
    if (socket.isClosed()) {
      return false;
    }
    socket.setSoTimeout(Math.min(MOST_MILLIS_TO_SAY_NOOP, call.millisLeft()));
    boolean alive = transport.isConnected();
    if (alive) {
      socket.setSoTimeout(call.millisLeft());
    }
    return alive;
  }

  private void open(MailServer wanted, MailCall call) throws MessagingException, IOException {
    socket = new Socket();
    call.uses(socket);
    // keeps the name as it was configured: certificates are checked against it
    InetAddress address =
        InetAddress.getByAddress(wanted.host(), InetAddress.getByName(wanted.host()).getAddress());
    socket.connect(new InetSocketAddress(address, wanted.port()), call.millisLeft());
    socket.setSoTimeout(call.millisLeft());
    Socket line =
        wanted.encryption() == Encryption.FROM_THE_START
            ? TrustStore.encrypt(socket, wanted)
            : socket;
    transport = new SMTPTransport(Session.getInstance(properties(wanted)), url(wanted));
    transport.connect(line);
    if (wanted.login().isPresent() && !offersLogin()) {
      throw new AuthenticationFailedException(
          "the mail server offers no sign-in: leave username and password out, or let"
              + " options.starttls be required");
    }
    server = wanted;
  }

  private boolean offersLogin() {
    return transport.supportsExtension("AUTH") || transport.supportsExtension("AUTH=LOGIN");
  }

  private static URLName url(MailServer server) {
    String username = server.login().map(MailServer.Login::username).orElse(null);
    String password = server.login().map(MailServer.Login::password).orElse(null);
    return new URLName("smtp", server.host(), server.port(), null, username, password);
  }

  private static Properties properties(MailServer server) throws IOException {
    Encryption encryption = server.encryption();
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", "" + server.login().isPresent());
    properties.put("mail.smtp.starttls.required", "" + (encryption == Encryption.REQUIRED));
    properties.put("mail.smtp.starttls.enable", "" + (encryption == Encryption.WHERE_OFFERED));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", TrustStore.socketsFor(server));
    // says QUIT and goes, so that closing never waits
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  Outcome send(MailMessage message) throws MessagingException {
    transport.sendMessage(message, message.getAllRecipients());
    return succeeded(Json.object().put("messageId", message.messageId()));
  }

  Outcome greet() throws MessagingException {
    transport.issueCommand("NOOP", 250);
    return succeeded(Json.object());
  }

  private Outcome succeeded(ObjectNode response) {
    response.put("reply", SmtpFailure.oneLine(transport.getLastServerResponse()));
    return new Outcome.Succeeded(response.toString(), OptionalInt.empty());
  }

  /** The outcome of a call that ended so, from what the server said last. */
  Outcome failure(Exception failure, Duration timeout) {
    int code = transport == null ? 0 : transport.getLastReturnCode();
    String reply = transport == null ? "" : transport.getLastServerResponse();
    return new SmtpFailure(server != null, code, reply == null ? "" : reply)
        .outcome(failure, timeout);
  }

  /** Takes leave of the server. */
  @Override
  public void close() {
    if (server != null) {
      try {
        transport.close();
      } catch (MessagingException gone) {
        // it goes either way
      }
    }
    drop();
  }

  /** Leaves without a word. */
  void drop() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        // closed it is
      }
    }
    server = null;
    socket = null;
    transport = null;
  }
}
