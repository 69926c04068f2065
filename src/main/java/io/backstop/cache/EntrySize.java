package io.backstop.cache;

import io.backstop.action.CachedResult;

/** How much of the bound on all cached results one of them takes: the same in every instance. */
final class EntrySize {
  /** Times, lengths and the places in two indexes. */
  private static final int FRAME = 64;

  private EntrySize() {}

  /** Bytes. */
  static int of(String recordKey, CachedResult result) {
    return FRAME
        + utf8(recordKey)
        + utf8(result.getAction())
        + utf8(result.getRequestId())
        + utf8(result.getExecutedBy())
        + utf8(result.getResponseData());
  }

  /** Bytes of a text in UTF-8, without encoding it. */
  static int utf8(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      } else if (c >= 0x80 && !Character.isSurrogate(c)) {
        bytes += c < 0x800 ? 1 : 2;
      }
    }
    return bytes;
  }
}
