package io.backstop.config;

/** How the wait before an attempt grows from one attempt to the next. */
public enum Backoff {
  EXPONENTIAL,
  LINEAR,
  FIXED,
  FIBONACCI,
  IMMEDIATE
}
