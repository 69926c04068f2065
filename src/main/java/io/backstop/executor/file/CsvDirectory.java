package io.backstop.executor.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final FileOpener opener;
  private int number;
  private CsvFile current;
  private CsvFile previous;
  // whether the current file's name may be in memory only
  private boolean isUnsynced;

  /**
   * @param fullAt size in bytes from which on a file is not appended to
   */
  CsvDirectory(Path directory, long fullAt, FileOpener opener) {
    this.directory = directory;
    this.fullAt = fullAt;
    this.opener = opener;
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
    Map<KeyDigest, CsvPlace> places = new HashMap<>();
    for (CsvFile file : List.of(previous, current)) {
      if (collect(file, requests, places)) {
        // who wrote it may have died before it was on the disk
        file.sync();
      }
    }
    Map<KeyDigest, CsvLines> missing = new LinkedHashMap<>();
    for (CsvLines request : requests) {
      if (!places.containsKey(request.digest())) {
        missing.putIfAbsent(request.digest(), request);
      }
    }
    if (!missing.isEmpty()) {
      // not before: a repeat is to find the keys of two files that have some
      if (current.size() >= fullAt) {
        moveOn();
      }
      current.append(missing.values());
      collect(current, missing.values(), places);
    }
    if (isUnsynced) {
      DirectorySync.force(directory);
      isUnsynced = false;
    }
    return requests.stream().map(request -> places.get(request.digest())).toList();
  }

  /** Adds where the file has the requests; whether it has any. */
  private static boolean collect(
      CsvFile file, Collection<CsvLines> requests, Map<KeyDigest, CsvPlace> places) {
    int before = places.size();
    for (CsvLines request : requests) {
      file.find(request.digest())
          .ifPresent(line -> places.putIfAbsent(request.digest(), new CsvPlace(file.path(), line)));
    }
    return places.size() > before;
  }

  /** Learns what others appended, and follows them into the file that they append to. */
  private void readOn() throws IOException {
    if (current == null || !Files.exists(current.path())) {
      number = highestNumber();
      previous = file(number - 1);
      previous.readOn();
      current = file(number);
      isUnsynced = true;
    }
    current.readOn();
    while (current.isForeign() || Files.exists(pathOf(number + 1))) {
      moveOn();
    }
  }

  private void moveOn() throws IOException {
    previous = current;
    number++;
    current = file(number);
    isUnsynced = true;
    current.readOn();
  }

  private CsvFile file(int itsNumber) {
    return new CsvFile(pathOf(itsNumber), opener);
  }

  private Path pathOf(int itsNumber) {
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
