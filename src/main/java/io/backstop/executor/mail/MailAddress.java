package io.backstop.executor.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads e-mail addresses, each of which must name exactly one mailbox. */
final class MailAddress {
  private MailAddress() {}

  static boolean isValid(String text) {
    try {
      parse(text);
      return true;
    } catch (AddressException notOne) {
      return false;
    }
  }

  static InternetAddress[] parse(List<String> texts) throws AddressException {
    InternetAddress[] addresses = new InternetAddress[texts.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = parse(texts.get(i));
    }
    return addresses;
  }

  static InternetAddress parse(String text) throws AddressException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new AddressException("control character in an address");
    }
    InternetAddress address = new InternetAddress(text, true);
    // the parser takes groups and letters beyond ASCII; a mail server takes one plain mailbox
    if (address.isGroup()
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress())) {
      throw new AddressException("not one mailbox");
    }
    return withEncodedName(address);
  }

  // A parsed name goes into the header as it was written; setting it again encodes it (RFC 2047).
  private static InternetAddress withEncodedName(InternetAddress address) throws AddressException {
    if (address.getPersonal() == null) {
      return address;
    }
    try {
      address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
      return address;
    } catch (UnsupportedEncodingException impossible) {
      throw new AddressException(impossible.getMessage());
    }
  }
}
