package io.backstop.config;

/** How much of a wait is left to chance, so that what failed together does not return together. */
public enum Jitter {
  FULL,
  EQUAL,
  NONE
}
