package io.backstop.torture;

import io.backstop.simulator.EmulatedService;
import java.time.Duration;
import java.util.Locale;

/** Something that is done to a processor, or to what all of them depend on. */
sealed interface Blow {

  /** {@code restart broker}. */
  static String kind(Class<? extends Blow> type) {
    return type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** SIGKILL; a supervisor starts it again. */
  record Kill(int processor) implements Blow {
    @Override
    public String toString() {
      return "kill processor " + processor;
    }
  }

  /** SIGSTOP for longer than its session, then SIGCONT: it wakes and does not know what it lost. */
  record Freeze(int processor, Duration time) implements Blow {
    @Override
    public String toString() {
      return "freeze processor %d for %s".formatted(processor, seconds(time));
    }
  }

  record RestartBroker() implements Blow {
    @Override
    public String toString() {
      return "restart the broker";
    }
  }

  /** Meanwhile requests come with a schema that no processor has seen. */
  record StopRegistry(Duration time) implements Blow {
    @Override
    public String toString() {
      return "stop the registry for " + seconds(time);
    }
  }

  record Fault(EmulatedService service, Misbehaviour how, Duration time) implements Blow {
    @Override
    public String toString() {
      String what = how.name().toLowerCase(Locale.ROOT).replace('_', '-');
      return "%s: %s for %s".formatted(service.label(), what, seconds(time));
    }
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }
}
