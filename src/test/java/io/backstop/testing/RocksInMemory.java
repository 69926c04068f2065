package io.backstop.testing;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksMemEnv;

/**
 * Lets the stores of a test driver be RocksDB as in production, but with their files in memory: a
 * driver opens dozens of them, and most of that time was waiting for the disk. Not for a test that
 * opens a state directory again: another driver does not find the files.
 */
public final class RocksInMemory implements RocksDBConfigSetter {
  private static final String FILES = "backstop.test.files";

  /** Each driver has files of its own: opening a store looks through all that there are. */
  public static void addTo(Properties settings) {
    RocksDB.loadLibrary();
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksInMemory.class);
    settings.put(FILES, new RocksMemEnv(Env.getDefault()));
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    options.setEnv((Env) configs.get(FILES));
    options.setInfoLogLevel(InfoLogLevel.HEADER_LEVEL);
  }

  /** The files outlive the store, which is closed after its setter. */
  @Override
  public void close(String storeName, Options options) {}
}
