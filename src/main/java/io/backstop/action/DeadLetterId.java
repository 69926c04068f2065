package io.backstop.action;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a dead letter by where its original stands, so that deriving it again gives the same id;
 * one whose place is not known, by its bytes. That of a replayed request has its generation behind
 * it, because what is replayed straight to a target keeps the place of its first record.
 */
public final class DeadLetterId {
  private static final int DIGEST_BYTES = 8;

  private DeadLetterId() {}

  public static String of(OriginalRecord original) {
    int generation = Lineage.generation(original);
    return original.getTopic()
        + "-"
        + (original.getPartition() < 0 || original.getOffset() < 0
            ? "unsent-" + digest(original)
            : original.getPartition() + "-" + original.getOffset())
        + (generation > 0 ? "~" + generation : "");
  }

  private static String digest(OriginalRecord original) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, original.getTimestamp()));
      update(sha, original.getKey());
      update(sha, original.getValue());
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest sha, ByteBuffer bytes) {
    int length = bytes == null ? -1 : bytes.remaining();
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    if (bytes != null) {
      sha.update(bytes.duplicate());
    }
  }
}
