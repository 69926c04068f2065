package io.backstop.cache;

import static io.backstop.cache.Samples.policy;
import static io.backstop.cache.Samples.query;
import static io.backstop.cache.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.PolicyOverrides;
import io.backstop.testing.TestConfig;
import org.junit.jupiter.api.Test;

class CacheRulesTest {

  @Test
  void shouldApplyByDefaultToQueriesAndSearchesOnly() {
    assertThat(applies("notion:query", null)).isTrue();
    assertThat(applies("gmail:search", null)).isTrue();
    assertThat(applies("notion:createPage", null)).isFalse();
    assertThat(applies("acme:query", null)).isFalse();
  }

  @Test
  void shouldFollowTheTargetsOwnSetting() {
    String[] settings = {
      "backstop.targets.\"notion:query\".cache.enabled", "false",
      "backstop.targets.\"acme:read\".cache.enabled", "true"
    };

    assertThat(applies("notion:query", null, settings)).isFalse();
    assertThat(applies("acme:read", null, settings)).isTrue();
    assertThat(applies("gmail:search", null, settings)).isTrue();
  }

  @Test
  void shouldApplyWhereTheRequestAsksForIt() {
    assertThat(applies("acme:ask", policy("prompt and model", null))).isTrue();
    assertThat(applies("acme:ask", policy(null, 1_000L))).isTrue();
    assertThat(applies("acme:ask", policy(null, 0L))).isFalse();
    assertThat(applies("acme:ask", policy(null, null))).isFalse();
  }

  @Test
  void shouldKeepUnderTheHashOfThePayloadWhateverTheIdempotencyKey() {
    var plain = query("q");
    var keyed = work(ActionRequest.newBuilder(plain.request()).setIdempotencyKey("mine").build());

    assertThat(key(keyed.request()).recordKey())
        .isEqualTo(key(plain.request()).recordKey())
        .isEqualTo("notion:query payload:" + IdempotencyKey.payloadHash(plain.request()))
        .isNotEqualTo(key(query("other").request()).recordKey());
  }

  @Test
  void shouldKeepUnderTheKeyThatTheRequestGives() {
    assertThat(key(work("acme:ask", "a", policy("k", null)).request()).recordKey())
        .isEqualTo(key(work("acme:ask", "b", policy("k", null)).request()).recordKey())
        .isEqualTo("acme:ask =k");
  }

  @Test
  void shouldTakeTheMaximumAgeOfRequestThenTargetThenAll() {
    String[] settings = {
      "backstop.cache.max-age", "1m",
      "backstop.cache.retention", "1d",
      "backstop.targets.\"gmail:search\".cache.max-age", "2h"
    };

    assertThat(maxAge("notion:query", null, settings)).isEqualTo(60_000);
    assertThat(maxAge("gmail:search", null, settings)).isEqualTo(7_200_000);
    assertThat(maxAge("gmail:search", policy(null, 5L), settings)).isEqualTo(5);
    assertThat(maxAge("gmail:search", policy(null, 90_000_000L), settings)).isEqualTo(86_400_000);
  }

  private static boolean applies(String action, PolicyOverrides policy, String... settings) {
    var rules = new CacheRules(TestConfig.with(settings));
    var work = work(action, "q", policy);
    assertThat(rules.keyFor(work).isPresent()).isEqualTo(rules.applyTo(work.request()));
    return rules.applyTo(work.request());
  }

  private static long maxAge(String action, PolicyOverrides policy, String... settings) {
    return new CacheRules(TestConfig.with(settings))
        .keyFor(work(action, "q", policy))
        .orElseThrow()
        .maxAgeMs();
  }

  private static CacheKey key(ActionRequest request) {
    return new CacheRules(TestConfig.with()).keyFor(work(request)).orElseThrow();
  }
}
