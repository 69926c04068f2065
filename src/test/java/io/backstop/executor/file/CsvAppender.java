package io.backstop.executor.file;

import io.backstop.action.Outcome;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own that appends to the log and prints each key once it is reported as written.
 */
final class CsvAppender {
  private static final int IN_FLIGHT = 64;

  private record Started(String key, CompletableFuture<Outcome> call) {}

  private CsvAppender() {}

  /**
   * @param args directory, first part of the keys, number of requests
   */
  public static void main(String[] args) {
    FileCalls calls = new FileCalls(Path.of(args[0]));
    CsvLog log = new CsvLog();
    Queue<Started> inFlight = new ArrayDeque<>();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      String key = args[1] + i;
      List<List<Object>> rows = List.of(List.of("first\nof " + key), List.of("second"));
      inFlight.add(new Started(key, calls.start(log, key, FileCalls.table(rows))));
      if (inFlight.size() == IN_FLIGHT) {
        report(inFlight.remove());
      }
    }
    inFlight.forEach(CsvAppender::report);
  }

  private static void report(Started started) {
    if (FileCalls.await(started.call()) instanceof Outcome.Succeeded) {
      System.out.println(started.key());
    }
  }
}
