package io.backstop.executor.mail;

import io.backstop.action.MessagePayload;
import io.backstop.executor.Fingerprint;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/**
 * An RFC 822 message of a payload. Its Message-ID comes from the idempotency key, so that a mailbox
 * recognises a repeated message as one that it has.
 */
public final class MailMessage extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  // Making one reads files of the class path; for building messages one serves all threads.
  private static final Session SESSION = Session.getInstance(new Properties());

  private final String messageId;

  private MailMessage(String messageId) {
    super(SESSION);
    this.messageId = messageId;
  }

  /**
   * The bytes of a message without From and Date, for a service that sets both.
   *
   * @param payload without {@link MailProblems}, and with a subject
   * @throws IllegalArgumentException when the payload does not make a message
   */
  public static byte[] unsent(MessagePayload payload, String idempotencyKey) {
    try {
      MailMessage message = of(payload, idempotencyKey);
      message.saveChanges();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      message.writeTo(bytes);
      return bytes.toByteArray();
    } catch (MessagingException invalid) {
      throw notAMessage(invalid);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * A message for a mail server.
   *
   * @param payload without {@link MailProblems}, and with a subject
   * @throws IllegalArgumentException when the payload does not make a message
   */
  static MailMessage from(
      InternetAddress sender, Instant now, MessagePayload payload, String idempotencyKey) {
    try {
      MailMessage message = of(payload, idempotencyKey);
      message.setFrom(sender);
      message.setSentDate(Date.from(now));
      // keeps vacation notices and the like from answering (RFC 3834)
      message.setHeader("Auto-Submitted", "auto-generated");
      message.saveChanges();
      return message;
    } catch (MessagingException invalid) {
      throw notAMessage(invalid);
    }
  }

  /** With its angle brackets. */
  String messageId() {
    return messageId;
  }

  private static MailMessage of(MessagePayload payload, String idempotencyKey)
      throws MessagingException {
    MailMessage message = new MailMessage("<" + Fingerprint.of(idempotencyKey) + "@backstop>");
    message.setRecipients(RecipientType.TO, MailAddress.parse(payload.getRecipients()));
    message.setRecipients(RecipientType.CC, MailAddress.parse(payload.getCc()));
    message.setRecipients(RecipientType.BCC, MailAddress.parse(payload.getBcc()));
    message.setSubject(oneLine(payload.getSubject()), UTF_8);
    message.setText(payload);
    return message;
  }

  private void setText(MessagePayload payload) throws MessagingException {
    if (payload.getHtml() == null) {
      setText(payload.getText(), UTF_8);
      return;
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(payload.getText(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(payload.getHtml(), UTF_8, "html");
    // the last alternative is the one that a reader prefers (RFC 2046)
    setContent(new MimeMultipart("alternative", text, html));
  }

  // A line break here would begin a header of the upstream's choice.
  private static String oneLine(String subject) {
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("subject holds a control character");
    }
    return subject;
  }

  private static IllegalArgumentException notAMessage(MessagingException invalid) {
    return new IllegalArgumentException("not an e-mail: " + invalid.getMessage(), invalid);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
