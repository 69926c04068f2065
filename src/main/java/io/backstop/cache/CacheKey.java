package io.backstop.cache;

/**
 * Where the result of a request is kept, and how old a one may be served in its place.
 *
 * @param recordKey key of the entry on the topic and in the store
 * @param maxAgeMs a result of this age is too old
 */
record CacheKey(String recordKey, long maxAgeMs) {}
