package io.backstop.runtime;

import io.backstop.action.StoreNames;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the native memory of all stores of a process, however many tasks and segments it
 * has; without it each RocksDB instance brings a cache and write buffers of its own.
 */
public final class RocksMemory implements AutoCloseable {
  private static final String CONFIG_KEY = "backstop.rocks-memory";
  private static final int BLOOM_BITS_PER_KEY = 10;

  /**
   * Of 16 MB: some 14 bits for each key of a full memtable. All of it is taken when a memtable is
   * made: with ten times as much, 24 partitions filled the bound by it alone.
   */
  private static final double MEMTABLE_BLOOM_RATIO = 0.01;

  /**
   * A store with one entry takes this much of the bound. RocksDB's own 1 MB, times the stores of a
   * process, is more than the bound, and then each write makes some store flush.
   */
  private static final long ARENA_BLOCK_BYTES = 64 * 1024;

  /**
   * A store has few files. RocksDB's own 16 threads, started each time one is opened, took two
   * thirds of the time that it takes to open it.
   */
  private static final int FILE_OPENING_THREADS = 1;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /**
   * @param cacheBytes for blocks, indexes and filters
   * @param writeBufferBytes for what is not yet on disk
   */
  RocksMemory(long cacheBytes, long writeBufferBytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(cacheBytes + writeBufferBytes);
    writeBuffers = new WriteBufferManager(writeBufferBytes, cache);
  }

  void addTo(Map<String, Object> settings) {
    settings.put(CONFIG_KEY, this);
    settings.put("rocksdb.config.setter", Setter.class);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Made by Streams for each store. */
  public static final class Setter implements RocksDBConfigSetter {
    private BloomFilter filter;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      RocksMemory memory = (RocksMemory) configs.get(CONFIG_KEY);
      filter = new BloomFilter(BLOOM_BITS_PER_KEY);
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinL0FilterAndIndexBlocksInCache(true);
      table.setFilterPolicy(filter);
      options.setWriteBufferManager(memory.writeBuffers);
      options.setArenaBlockSize(ARENA_BLOCK_BYTES);
      options.setMaxFileOpeningThreads(FILE_OPENING_THREADS);
      if (isAskedForNewKeys(storeName)) {
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO);
        options.setMemtableWholeKeyFiltering(true);
      }
      options.setTableFormatConfig(table);
    }

    /** By every request, mostly for a key never seen before: that must not search the memtable. */
    private static boolean isAskedForNewKeys(String storeName) {
      // each segment of a window store has a name that begins with that of the store
      return storeName.startsWith(StoreNames.FINISHED) || storeName.equals(StoreNames.IN_FLIGHT);
    }

    @Override
    public void close(String storeName, Options options) {
      filter.close();
    }
  }
}
