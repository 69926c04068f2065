package io.backstop.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * What a demo does.
 *
 * @param generated requests beside the sample
 * @param outage how long Notion is down afterwards; empty: never
 * @param patience how long to wait for all outcomes; in the outage phase, from Notion's return
 */
public record DemoLoad(long generated, Optional<Duration> outage, Duration patience) {}
