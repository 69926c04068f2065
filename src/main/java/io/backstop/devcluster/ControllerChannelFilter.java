package io.backstop.devcluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Silences warnings of the broker's channel to its own controller: with both in one process they
 * only ever tell that the two start or stop one after the other. A level would silence the same
 * logger's warnings to users whose broker is away.
 */
public final class ControllerChannelFilter extends TurboFilter {
  private static final String CHANNEL = "[NodeToControllerChannelManager";

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] fields, Throwable cause) {
    return level == Level.WARN && format != null && format.startsWith(CHANNEL)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
