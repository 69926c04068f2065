package io.backstop.simulator;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes each mail to a file that mail programs open, named by time, number and subject: {@code
 * 20260301-100000-0001-Order-7-is-late.eml}. Thread-safe.
 */
final class MailFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final int LONGEST_SUBJECT = 60;

  private final Path directory;
  private final Clock clock;
  private final AtomicInteger written = new AtomicInteger();

  MailFiles(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * @param recipients of the envelope, which the mail itself need not name
   */
  void write(Collection<String> recipients, MimeMessage mail)
      throws IOException, MessagingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String envelope = "X-Envelope-To: " + String.join(", ", recipients) + "\r\n";
    bytes.writeBytes(envelope.getBytes(StandardCharsets.UTF_8));
    mail.writeTo(bytes);
    String name =
        "%s-%04d-%s"
            .formatted(
                TIME.format(clock.instant()), written.incrementAndGet(), words(mail.getSubject()));
    // nobody shall open half a mail
    Path unfinished = directory.resolve("." + name + ".part");
    Files.write(unfinished, bytes.toByteArray());
    Files.move(unfinished, directory.resolve(name + ".eml"));
  }

  private static String words(String subject) {
    String words =
        subject == null ? "" : subject.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    if (words.isEmpty()) {
      return "mail";
    }
    return words.substring(0, Math.min(LONGEST_SUBJECT, words.length()));
  }
}
