package io.backstop.fallback;

import io.backstop.action.MessagePayload;
import java.util.ArrayList;
import java.util.List;

/** Messages for a target. */
final class MessageConversion {
  private final Conversion conversion;
  private final Losses losses;
  private final MessageForm form;

  private MessageConversion(Conversion conversion) {
    this.conversion = conversion;
    this.losses = conversion.losses();
    this.form = MessageForm.of(conversion.service());
  }

  /** A message of another service, or another operation of the same one. */
  static MessagePayload convert(MessagePayload from, Conversion conversion) {
    MessageConversion to = new MessageConversion(conversion);
    if (to.form == MessageForm.DATA) {
      return to.withText(MessagePayload.newBuilder(from)).build();
    }
    return to.finished(
        conversion.isSameService() ? to.withinService(from) : to.fromElsewhere(from));
  }

  /** A message made of what is no message. */
  static MessagePayload ofWords(Words words, Conversion conversion) {
    MessageConversion to = new MessageConversion(conversion);
    return to.finished(
        MessagePayload.newBuilder()
            .setRecipients(to.form.recipients(conversion.place()))
            .setSubject(words.title())
            .setText(words.text().isEmpty() ? words.title() : words.text()));
  }

  private MessagePayload.Builder withinService(MessagePayload from) {
    MessagePayload.Builder to = MessagePayload.newBuilder(from);
    if (from.getRecipients().isEmpty()) {
      to.setRecipients(form.recipients(conversion.place()));
    }
    if (form != MessageForm.OTHER) {
      losses.addIfGiven("message id (a new one is sent)", from.getMessageId());
      to.setMessageId(null);
    }
    if (form == MessageForm.SLACK) {
      loseMailParts(from, to);
    }
    return to;
  }

  private MessagePayload.Builder fromElsewhere(MessagePayload from) {
    MessagePayload.Builder to =
        MessagePayload.newBuilder()
            .setSubject(from.getSubject())
            .setText(from.getText())
            .setHtml(from.getHtml());
    boolean fromMail = MessageForm.of(conversion.origin()) == MessageForm.MAIL;
    if (fromMail && form == MessageForm.MAIL) {
      // an address is the same everywhere, and the letter is meant for it
      to.setRecipients(from.getRecipients());
      to.setCc(from.getCc());
      to.setBcc(from.getBcc());
    } else {
      to.setRecipients(form.recipients(conversion.place()));
      losses.addIfGiven(conversion.ofOrigin("recipients"), from.getRecipients());
      losses.addIfGiven("cc", from.getCc());
      losses.addIfGiven("bcc", from.getBcc());
    }
    if (form == MessageForm.SLACK) {
      loseHtml(from, to);
    }
    losses.addIfGiven("thread", from.getThreadId());
    losses.addIfGiven(conversion.ofOrigin("message id"), from.getMessageId());
    return to;
  }

  private void loseMailParts(MessagePayload from, MessagePayload.Builder to) {
    loseHtml(from, to);
    losses.addIfGiven("cc", from.getCc());
    to.setCc(List.of());
    losses.addIfGiven("bcc", from.getBcc());
    to.setBcc(List.of());
  }

  private void loseHtml(MessagePayload from, MessagePayload.Builder to) {
    losses.addIfGiven("HTML version", from.getHtml());
    to.setHtml(null);
    if (isMissing(from.getText())) {
      to.setText(from.getHtml());
    }
  }

  private MessagePayload finished(MessagePayload.Builder message) {
    withText(message);
    if (form == MessageForm.MAIL) {
      String subject = message.getSubject();
      message.setSubject(isMissing(subject) ? conversion.standIn() : oneLine(subject));
    } else if (form == MessageForm.SLACK) {
      fitSlack(message);
    }
    return message.build();
  }

  private MessagePayload.Builder withText(MessagePayload.Builder message) {
    if (isMissing(message.getText())) {
      message.setText(
          isMissing(message.getSubject()) ? conversion.standIn() : message.getSubject());
    }
    return message;
  }

  // the subject is sent as a first line of the text
  private void fitSlack(MessagePayload.Builder message) {
    int taken = 0;
    if (message.getSubject() != null) {
      message.setSubject(losses.fitted("subject", message.getSubject(), 1_000));
      taken = message.getSubject().length() + 3;
    }
    message.setText(losses.fitted("text", message.getText(), MessageForm.SLACK_TEXT - taken));
  }

  // a line break would begin a header of the upstream's choice
  private static String oneLine(String subject) {
    List<String> parts = new ArrayList<>();
    for (String part : subject.split("\\p{Cntrl}+")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return String.join(" ", parts);
  }

  private static boolean isMissing(String text) {
    return text == null || text.isBlank();
  }
}
