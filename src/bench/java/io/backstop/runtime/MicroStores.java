package io.backstop.runtime;

import java.util.Map;

/** RocksDB as the processor sets it, for benches of single stores. */
public final class MicroStores {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long WRITE_BUFFER_BYTES = 96L << 20;

  private MicroStores() {}

  /** Closed after the stores. */
  public static RocksMemory memory(Map<String, Object> settings) {
    var memory = new RocksMemory(CACHE_BYTES, WRITE_BUFFER_BYTES);
    memory.addTo(settings);
    return memory;
  }
}
