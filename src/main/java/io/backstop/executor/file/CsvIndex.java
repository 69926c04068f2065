package io.backstop.executor.file;

import java.util.OptionalInt;

/**
 * Keys of one file with the line that each begins on. Plain arrays (open addressing), 20 bytes a
 * slot, because a file can hold some 100,000 keys. Not thread-safe.
 */
final class CsvIndex {
  private long[] highs = new long[1024];
  private long[] lows = new long[1024];
  // 0 marks a free slot: lines count from 1
  private int[] lines = new int[1024];
  private int size;

  /** Keeps the first line of a key that is put twice. */
  void put(KeyDigest key, int line) {
    if (size >= lines.length / 2) {
      grow();
    }
    int slot = slot(key.high(), key.low());
    if (lines[slot] == 0) {
      highs[slot] = key.high();
      lows[slot] = key.low();
      lines[slot] = line;
      size++;
    }
  }

  OptionalInt find(KeyDigest key) {
    int line = lines[slot(key.high(), key.low())];
    return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
  }

  int size() {
    return size;
  }

  /** Where the key is or would be; at least half of all slots are free, so the walk is short. */
  private int slot(long high, long low) {
    int mask = lines.length - 1;
    int slot = (int) low & mask;
    while (lines[slot] != 0 && (highs[slot] != high || lows[slot] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    int[] oldLines = lines;
    highs = new long[oldHighs.length * 2];
    lows = new long[oldLows.length * 2];
    lines = new int[oldLines.length * 2];
    for (int old = 0; old < oldLines.length; old++) {
      if (oldLines[old] != 0) {
        int slot = slot(oldHighs[old], oldLows[old]);
        highs[slot] = oldHighs[old];
        lows[slot] = oldLows[old];
        lines[slot] = oldLines[old];
      }
    }
  }
}
