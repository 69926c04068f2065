package io.backstop.torture;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.TaskPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The records that are published, one after the other; the same seed gives the same. One in six is
 * a duplicate of an earlier one, one in forty is poison.
 */
final class Load {
  static final String PAGE = "notion:createPage";
  static final String MESSAGE = "slack:postMessage";

  private static final String DATABASE = "7f1d5c7a3b1e4b0c9a52d1a0c4e8f001";
  private static final int DUPLICATE_EVERY = 6;
  private static final int POISON_EVERY = 40;

  /** Duplicates of what is in flight as well as of what is long done. */
  private static final int LOOK_BACK = 400;

  private final Random random;
  private int number;
  private int keys;

  Load(long seed) {
    this.random = new Random(~seed);
  }

  /**
   * @param id of the record, in a header of it
   * @param recordKey the same for duplicates
   * @param request empty for poison
   * @param poison the value of what is no request
   */
  record Item(String id, String recordKey, Optional<ActionRequest> request, byte[] poison) {}

  Item next() {
    String id = "r-" + number++;
    if (random.nextInt(POISON_EVERY) == 0) {
      return new Item(id, "poison-" + id, Optional.empty(), poison());
    }
    boolean duplicate = keys > 0 && random.nextInt(DUPLICATE_EVERY) == 0;
    int key = duplicate ? keys - 1 - random.nextInt(Math.min(keys, LOOK_BACK)) : keys++;
    return new Item(id, "k-" + key, Optional.of(request(id, key)), new byte[0]);
  }

  /** A function of the key, so that a duplicate asks for the same. */
  private static ActionRequest request(String id, int key) {
    boolean page = key % 3 != 0;
    Object payload =
        page
            ? TaskPayload.newBuilder().setTitle("Task " + key).setContainer(DATABASE).build()
            : MessagePayload.newBuilder()
                .setRecipients(List.of("C0123456789"))
                .setText("Message " + key)
                .build();
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction(page ? PAGE : MESSAGE)
        .setIdempotencyKey("k-" + key)
        .setPayload(payload)
        .build();
  }

  /** Text, a cut record, or a schema that nobody has registered. */
  private byte[] poison() {
    return switch (random.nextInt(3)) {
      case 0 -> "{\"not\": \"Avro\"}".getBytes(StandardCharsets.UTF_8);
      case 1 -> new byte[] {0, 0, 0};
      default -> new byte[] {0, 0x7f, 0x7f, 0x7f, (byte) random.nextInt(100), 1, 2, 3};
    };
  }
}
