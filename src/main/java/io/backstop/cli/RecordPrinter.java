package io.backstop.cli;

import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.StartupException;
import java.io.PrintWriter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes the records of a topic and prints them. A record that cannot be read is reported on
 * standard error and counted; the rest goes on.
 */
final class RecordPrinter<T extends SpecificRecord> {
  private final RecordView<T> view;
  private final Deserializer<?> deserializer;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Predicate<T> wanted;
  private long printed;
  private long unreadable;

  RecordPrinter(
      RecordView<T> view,
      Deserializer<?> deserializer,
      boolean json,
      PrintWriter out,
      PrintWriter err) {
    this(view, rec -> true, deserializer, json, out, err);
  }

  /**
   * @param wanted which records to print; the others do not count
   */
  RecordPrinter(
      RecordView<T> view,
      Predicate<T> wanted,
      Deserializer<?> deserializer,
      boolean json,
      PrintWriter out,
      PrintWriter err) {
    this.wanted = wanted;
    this.view = view;
    this.deserializer = deserializer;
    this.json = json;
    this.out = out;
    this.err = err;
  }

  /** Each record at once, in the order of reading; at most {@code limit}. */
  void stream(TopicReader reader, Start start, long limit) {
    head();
    reader.readToEnd(start, printing(limit));
  }

  /** As {@link #stream}, but waits for more at the end of the topic. */
  void follow(TopicReader reader, Start start, long limit) {
    head();
    reader.follow(start, printing(limit));
  }

  private TopicReader.Sink printing(long limit) {
    return rec -> {
      decode(rec, value -> print(view.line(value, json)));
      // a closed pipe (| head) ends the command quietly
      return printed < limit && !out.checkError();
    };
  }

  /** The newest {@code limit} ones, newest first; returns how many there are in all. */
  Newest<String> newest(TopicReader reader, Start start, int limit) {
    var newest = new Newest<String>(limit);
    reader.readToEnd(
        start,
        rec -> {
          decode(rec, value -> newest.offer(view.time(value), () -> view.line(value, json)));
          return true;
        });
    return newest;
  }

  void printAll(List<String> lines) {
    head();
    lines.forEach(this::print);
  }

  private void head() {
    if (!json) {
      out.println(view.table().head());
    }
  }

  private void print(String line) {
    out.println(line);
    printed++;
  }

  private void decode(ConsumerRecord<byte[], byte[]> rec, Consumer<T> use) {
    try {
      Object value = deserializer.deserialize(rec.topic(), rec.headers(), rec.value());
      if (view.type().isInstance(value)) {
        T typed = view.type().cast(value);
        if (wanted.test(typed)) {
          use.accept(typed);
        }
        return;
      }
      unreadable(rec, value == null ? "it has no value" : "it is a " + value.getClass().getName());
    } catch (SerializationException e) {
      requireRegistry(e);
      unreadable(rec, e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
  }

  /** A registry that cannot be reached concerns every record, not just this one. */
  private static void requireRegistry(SerializationException e) {
    Throwable cause = e.getCause();
    if (cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException) {
      throw new StartupException(
          "the schema registry cannot be reached ("
              + cause.getMessage()
              + "); check backstop.registry.url",
          e);
    }
  }

  private void unreadable(ConsumerRecord<?, ?> rec, String why) {
    unreadable++;
    err.printf(
        "backstop: %s-%d@%d cannot be read: %s%n",
        rec.topic(), rec.partition(), rec.offset(), SafeText.line(why));
  }

  /** {@link ExitCode#FAILED} when a record could not be read. */
  int exitCode() {
    return unreadable == 0 ? ExitCode.OK : ExitCode.FAILED;
  }
}
