package io.backstop.config;

/**
 * Settings of one target. With any but those of the cache it has a circuit, limits and a retry
 * policy of its own, beside its service's; what it leaves out is as for its service.
 */
public interface TargetConfig extends ScopeOverrides {

  CacheOverrides cache();
}
