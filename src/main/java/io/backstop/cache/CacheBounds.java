package io.backstop.cache;

import io.backstop.config.CacheConfig;

/**
 * How much is kept, and for how long.
 *
 * @param entries at most so many
 * @param bytes at most so many, together
 * @param entryBytes at most so many, each
 * @param retentionMs what has reached this age is dropped
 */
record CacheBounds(int entries, long bytes, int entryBytes, long retentionMs) {

  static CacheBounds of(CacheConfig config) {
    return new CacheBounds(
        config.maxEntries(),
        config.maxTotalSize(),
        config.maxEntrySize(),
        config.retention().toMillis());
  }
}
