package io.backstop.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a replayed request comes from: headers that its record carries, through all hops, into its
 * result or dead letter.
 *
 * @param replayId the operation that sent it in
 * @param generation how many replays led to it, at least 1
 * @param parentId the dead letter that was replayed; empty for a request replayed from its topic
 * @param rootId the first dead letter of the lineage; empty where there is no parent
 * @param desk partition of the desk that is to know what became of it, and that takes its dead
 *     letter
 * @param forced whether it is to be done though it was done already
 */
public record Lineage(
    String replayId,
    int generation,
    Optional<String> parentId,
    Optional<String> rootId,
    int desk,
    boolean forced) {
  /** Names of all headers of a lineage begin so. */
  public static final String PREFIX = "backstop-replay-";

  private static final String ID = PREFIX + "id";
  private static final String GENERATION = PREFIX + "generation";
  private static final String PARENT = PREFIX + "parent";
  private static final String ROOT = PREFIX + "root";
  private static final String DESK = PREFIX + "desk";
  private static final String FORCED = PREFIX + "forced";

  /** Longer ones were not written by a desk, and would not fit everywhere. */
  private static final int LONGEST_ID = 1_000;

  public Lineage {
    if (generation < 1 || desk < 0) {
      throw new IllegalArgumentException("generation " + generation + ", desk " + desk);
    }
  }

  /** Empty for a request that was not replayed, or whose headers are none that a desk wrote. */
  public static Optional<Lineage> of(List<RecordHeader> headers) {
    // most records have none of it, and this is asked of each
    Optional<String> id = RecordHeaders.last(headers, ID);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    int generation = number(headers, GENERATION);
    int desk = number(headers, DESK);
    Optional<String> parent = RecordHeaders.last(headers, PARENT);
    Optional<String> root = RecordHeaders.last(headers, ROOT);
    if (generation < 1 || desk < 0 || isBad(id) || isBad(parent) || isBad(root)) {
      return Optional.empty();
    }
    boolean forced = RecordHeaders.last(headers, FORCED).isPresent();
    return Optional.of(new Lineage(id.get(), generation, parent, root, desk, forced));
  }

  private static boolean isBad(Optional<String> id) {
    return id.isPresent() && (id.get().isBlank() || id.get().length() > LONGEST_ID);
  }

  /** The generation of the request that a record carries: 0 unless it was replayed. */
  public static int generation(OriginalRecord original) {
    return of(original.getHeaders()).map(Lineage::generation).orElse(0);
  }

  /** {@code headers} with this lineage in the place of any other. */
  public List<RecordHeader> stamp(List<RecordHeader> headers) {
    List<RecordHeader> stamped = new ArrayList<>(RecordHeaders.without(headers, PREFIX));
    stamped.add(header(ID, replayId));
    stamped.add(header(GENERATION, Integer.toString(generation)));
    parentId.ifPresent(each -> stamped.add(header(PARENT, each)));
    rootId.ifPresent(each -> stamped.add(header(ROOT, each)));
    stamped.add(header(DESK, Integer.toString(desk)));
    if (forced) {
      stamped.add(header(FORCED, "true"));
    }
    return stamped;
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static int number(List<RecordHeader> headers, String name) {
    String text = RecordHeaders.last(headers, name).orElse("");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }
}
