package io.backstop.simulator;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the mail server: decides on each mail when all of it was read, and that is the
 * call which is counted. The mail's idempotency key is its Message-ID. One thread.
 */
final class SmtpVisit extends SmtpManager {
  static final String SEND = "send";

  private static final Logger LOG = LoggerFactory.getLogger(SmtpVisit.class);

  /** Anybody may sign in, except with the passwords that are no tokens either. */
  private static final class AnyUser extends UserManager {
    AnyUser() {
      super(null);
    }

    @Override
    public boolean test(String user, String password) {
      return Access.ofToken(password) == Access.GRANTED;
    }
  }

  private final Socket client;
  private final ServiceBooks books;
  private final MailFiles files;
  private final long seed;
  private final CountDownLatch closing;

  /**
   * @param closing ends all waiting
   */
  SmtpVisit(Socket client, ServiceBooks books, MailFiles files, long seed, CountDownLatch closing) {
    super(null, new AnyUser());
    this.client = client;
    this.books = books;
    this.files = files;
    this.seed = seed;
    this.closing = closing;
  }

  @Override
  public String checkRecipient(SmtpState state, MailAddress recipient) {
    return Ids.unknown(recipient.getEmail()) ? "550 5.1.1 No such user" : null;
  }

  /** The reply to a mail, null for 250. */
  @Override
  public String checkData(SmtpState state) {
    CallTrace trace = books.trace();
    Draws draws = new Draws(seed, EmulatedService.EMAIL, books.counters().arrived());
    String key = key(state.getMessage());
    trace.read(SEND, () -> key, () -> 0);
    try {
      return serve(state.getMessage(), key, draws, trace);
    } finally {
      books.counters().left();
    }
  }

  /** Done by then. */
  @Override
  public synchronized void send(SmtpState state) {}

  private String serve(MovingMessage mail, String key, Draws draws, CallTrace trace) {
    FaultPlan plan = books.faults();
    switch (plan.outage()) {
      case UNAVAILABLE:
        return answer(SmtpReplies.CLOSING, trace);
      case REFUSE:
        return reset(trace);
      default:
        books.countKey(key);
    }
    Optional<Failure> failure =
        plan.failureFor(draws, key == null ? draws.number() : KeyHash.of(key));
    String refusal = null;
    if (failure.isEmpty() || failure.get().afterEffect()) {
      refusal = deliver(mail, key);
    }
    linger(plan.latency().sampleMillis(draws));
    if (failure.isEmpty()) {
      return answer(refusal, trace);
    }
    return switch (failure.get().answer()) {
      case ERROR -> answer(SmtpReplies.of(failure.get()), trace);
      case HANG -> hang(trace);
      case RESET -> reset(trace);
    };
  }

  /** Null when it is in the mailbox. */
  private String deliver(MovingMessage mail, String key) {
    try {
      files.write(
          mail.getToAddresses().stream().map(MailAddress::getEmail).sorted().toList(),
          mail.getMessage());
      books.countEffect(key);
      return null;
    } catch (IOException | MessagingException e) {
      LOG.error("mail not written", e);
      return "452 4.3.1 Insufficient system storage";
    }
  }

  /**
   * @param reply null for 250
   */
  private String answer(String reply, CallTrace trace) {
    books.answered(SEND, reply == null ? "250" : reply.substring(0, 3), trace);
    return reply;
  }

  private String reset(CallTrace trace) {
    books.answered(SEND, ServiceCounters.RESET, trace);
    try {
      client.setSoLinger(true, 0);
      client.close();
    } catch (IOException gone) {
      LOG.debug("mail client went before its connection was reset", gone);
    }
    return SmtpReplies.CLOSING;
  }

  /** Says nothing until the client goes. */
  private String hang(CallTrace trace) {
    books.answered(SEND, ServiceCounters.HANG, trace);
    boolean there = true;
    while (there) {
      try {
        there = client.getInputStream().read() >= 0;
      } catch (SocketTimeoutException stillThere) {
        LOG.debug("mail client waits for an answer");
      } catch (IOException gone) {
        there = false;
      }
    }
    return SmtpReplies.CLOSING;
  }

  private void linger(long millis) {
    try {
      if (millis > 0 && closing.await(millis, TimeUnit.MILLISECONDS)) {
        LOG.debug("mailbox closes, a mail gets its answer early");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String key(MovingMessage mail) {
    try {
      return mail.getMessage().getMessageID();
    } catch (MessagingException unreadable) {
      return null;
    }
  }
}
