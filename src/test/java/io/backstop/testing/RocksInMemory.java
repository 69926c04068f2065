package io.backstop.testing;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksMemEnv;

/**
 * Lets the stores of a test driver be RocksDB as in production, but with their files in memory: a
 * driver opens dozens of them, and most of that time was waiting for the disk. Not for a test that
 * opens a state directory again: a new process would not find them either.
 */
public final class RocksInMemory implements RocksDBConfigSetter {
  private static final Env FILES = inMemory();

  public static void addTo(Properties settings) {
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksInMemory.class);
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    options.setEnv(FILES);
  }

  /** The files are shared and outlive the store: a store is closed after its setter. */
  @Override
  public void close(String storeName, Options options) {}

  private static Env inMemory() {
    RocksDB.loadLibrary();
    return new RocksMemEnv(Env.getDefault());
  }
}
