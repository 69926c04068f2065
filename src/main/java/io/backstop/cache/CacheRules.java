package io.backstop.cache;

import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Work;
import io.backstop.config.BackstopConfig;
import io.backstop.config.CacheOverrides;
import io.backstop.config.TargetConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which requests take part in caching, under which key, and how old a result they take. Pure. */
final class CacheRules {
  /** What only reads, and so may be answered with what was read before. */
  private static final Set<String> ON_UNLESS_SAID = Set.of("notion:query", "gmail:search");

  private final Set<String> cachedActions = new HashSet<>(ON_UNLESS_SAID);
  private final Map<String, Long> maxAgesMs = new HashMap<>();
  private final long maxAgeMs;
  private final long retentionMs;

  CacheRules(BackstopConfig config) {
    this.maxAgeMs = config.cache().maxAge().toMillis();
    this.retentionMs = config.cache().retention().toMillis();
    for (Map.Entry<String, TargetConfig> target : config.targets().entrySet()) {
      add(target.getKey(), target.getValue().cache());
    }
  }

  private void add(String action, CacheOverrides own) {
    own.maxAge().ifPresent(age -> maxAgesMs.put(action, age.toMillis()));
    if (own.enabled().isPresent()) {
      if (own.enabled().get()) {
        cachedActions.add(action);
      } else {
        cachedActions.remove(action);
      }
    }
  }

  /** Whether caching applies to a request at all; costs one look-up. */
  boolean applyTo(ActionRequest request) {
    PolicyOverrides policy = request.getPolicy();
    return policy != null && isAskedFor(policy) || cachedActions.contains(request.getAction());
  }

  /** Empty when caching does not apply. */
  Optional<CacheKey> keyFor(Work work) {
    ActionRequest request = work.request();
    return applyTo(request)
        ? Optional.of(new CacheKey(recordKey(request), maxAgeMs(request)))
        : Optional.empty();
  }

  private static boolean isAskedFor(PolicyOverrides policy) {
    // an age of 0 says that this one wants no earlier result, not that others do
    return policy.getCacheKey() != null
        || policy.getCacheMaxAgeMs() != null && policy.getCacheMaxAgeMs() > 0;
  }

  private static String recordKey(ActionRequest request) {
    PolicyOverrides policy = request.getPolicy();
    String given = policy == null ? null : policy.getCacheKey();
    return given != null
        ? RecordKey.ofGiven(request.getAction(), given)
        : RecordKey.ofPayload(request.getAction(), IdempotencyKey.payloadHash(request));
  }

  private long maxAgeMs(ActionRequest request) {
    PolicyOverrides policy = request.getPolicy();
    long wanted =
        policy != null && policy.getCacheMaxAgeMs() != null
            ? policy.getCacheMaxAgeMs()
            : maxAgesMs.getOrDefault(request.getAction(), maxAgeMs);
    return Math.min(wanted, retentionMs);
  }
}
