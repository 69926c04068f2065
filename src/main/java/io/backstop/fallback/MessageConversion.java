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
    if (to.form == MessageForm.LINE) {
      return to.finished(to.onOneLine(from));
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
      losses.addIfGiven("cc", from.getCc());
      losses.addIfGiven("bcc", from.getBcc());
      to.setCc(List.of()).setBcc(List.of());
      loseHtml(from, to);
    }
    return to;
  }

  private MessagePayload.Builder onOneLine(MessagePayload from) {
    int shown = Math.min(from.getRecipients().size(), MessageForm.LINE_RECIPIENTS);
    MessagePayload.Builder to =
        MessagePayload.newBuilder()
            .setRecipients(from.getRecipients().subList(0, shown))
            .setSubject(from.getSubject())
            .setText(from.getText());
    if (shown < from.getRecipients().size()) {
      losses.add(
          "recipients (the first %d of %d are kept)".formatted(shown, from.getRecipients().size()));
    }
    losses.addIfGiven("cc", from.getCc());
    losses.addIfGiven("bcc", from.getBcc());
    loseHtml(from, to);
    losses.addIfGiven("thread", from.getThreadId());
    losses.addIfGiven("message id", from.getMessageId());
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
      fitMail(message);
    } else if (form == MessageForm.SLACK) {
      fitSlack(message);
    } else if (form == MessageForm.LINE) {
      message.setSubject(losses.fitted("subject", message.getSubject(), MessageForm.LINE_SUBJECT));
      message.setText(losses.fitted("text", message.getText(), MessageForm.LINE_TEXT));
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

  // an e-mail of email:notification finds a subject of its own
  private void fitMail(MessagePayload.Builder message) {
    String subject = message.getSubject();
    if (!isMissing(subject)) {
      message.setSubject(oneLine(subject));
    } else if (conversion.service().equals("gmail")) {
      message.setSubject(conversion.standIn());
    }
  }

  // the subject is sent as a first line of the text
  private void fitSlack(MessagePayload.Builder message) {
    int taken = 0;
    if (message.getSubject() != null) {
      message.setSubject(losses.fitted("subject", message.getSubject(), MessageForm.SLACK_SUBJECT));
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
