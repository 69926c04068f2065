package io.backstop.fleet;

import io.backstop.action.FleetSignal;
import io.backstop.action.SignalSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What all parts of this process have to tell the coordinators. Thread-safe. */
public final class Signals {
  private final List<SignalSource> sources;
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean leaving;

  public Signals(List<SignalSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Takes what is to be sent now. */
  List<FleetSignal> due(long now) {
    if (leaving) {
      return lastWords(now);
    }
    List<FleetSignal> due = List.of();
    for (SignalSource source : sources) {
      List<FleetSignal> more = source.due(now);
      if (!more.isEmpty()) {
        due = due.isEmpty() ? new ArrayList<>() : due;
        due.addAll(more);
      }
    }
    return due;
  }

  /** From now on this instance says goodbye, and then nothing more. */
  public void leave() {
    leaving = true;
  }

  /** Waits until the goodbye is on its way, because a stream thread has taken it. */
  public void awaitLeft(Duration patience) {
    try {
      boolean said = left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!said) {
        // an instance without tasks has nobody to say it; it is forgotten when it stays silent
        left.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<FleetSignal> lastWords(long now) {
    if (left.getCount() == 0) {
      return List.of();
    }
    List<FleetSignal> words = new ArrayList<>();
    sources.forEach(source -> words.addAll(source.leaving(now)));
    left.countDown();
    return words;
  }
}
