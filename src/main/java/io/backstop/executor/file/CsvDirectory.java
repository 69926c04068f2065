package io.backstop.executor.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the log in one directory, {@code actions-000001.csv} and so on: appended to is the
 * one with the highest number, and when it is full the next is begun. Files never change their
 * names, so that a result can name them. A repeat is recognised while its lines are in the last two
 * files.
 *
 * <p>Used by one thread. Others, of this process or not, may append to the same files.
 */
final class CsvDirectory {
  private static final Pattern NAME = Pattern.compile("actions-(\\d{6,9})\\.csv");

  private final Path directory;
  private final long fullAt;
  private int number;
  private CsvFile current;
  private CsvFile previous;

  /**
   * @param fullAt size in bytes from which on a file is not appended to
   */
  CsvDirectory(Path directory, long fullAt) {
    this.directory = directory;
    this.fullAt = fullAt;
  }

  /**
   * Appends what is not there yet and syncs.
   *
   * @return where each request's lines are, in the order of the requests
   */
  List<CsvPlace> append(List<CsvLines> requests) throws IOException {
    return DirectoryLock.hold(directory, () -> appendAlone(requests));
  }

  private List<CsvPlace> appendAlone(List<CsvLines> requests) throws IOException {
    readOn();
    Map<KeyDigest, CsvLines> missing = new LinkedHashMap<>();
    boolean inPrevious = false;
    for (CsvLines request : requests) {
      if (previous.find(request.digest()).isPresent()) {
        inPrevious = true;
      } else if (current.find(request.digest()).isEmpty()) {
        missing.putIfAbsent(request.digest(), request);
      }
    }
    if (inPrevious) {
      previous.sync();
    }
    boolean begun = current.size() == 0;
    current.append(missing.values());
    if (begun) {
      DirectorySync.force(directory);
    }
    return requests.stream().map(request -> placeOf(request.digest())).toList();
  }

  private CsvPlace placeOf(KeyDigest key) {
    OptionalInt line = previous.find(key);
    return line.isPresent()
        ? new CsvPlace(previous.path(), line.getAsInt())
        : new CsvPlace(current.path(), current.find(key).orElseThrow());
  }

  /** Learns what others appended, and moves on to the file that is to be appended to. */
  private void readOn() throws IOException {
    if (current == null || !Files.exists(current.path())) {
      number = highestNumber();
      previous = new CsvFile(file(number - 1));
      previous.readOn();
      current = new CsvFile(file(number));
    }
    current.readOn();
    while (current.isForeign() || current.size() >= fullAt || Files.exists(file(number + 1))) {
      number++;
      previous = current;
      current = new CsvFile(file(number));
      current.readOn();
    }
  }

  private Path file(int itsNumber) {
    return directory.resolve("actions-%06d.csv".formatted(itsNumber));
  }

  /** 1 where there is none yet. */
  private int highestNumber() throws IOException {
    int highest = 1;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "actions-*.csv")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          highest = Math.max(highest, Integer.parseInt(name.group(1)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return highest;
  }
}
