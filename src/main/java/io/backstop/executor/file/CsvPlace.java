package io.backstop.executor.file;

import java.nio.file.Path;

/**
 * Where a request's lines are.
 *
 * @param line number of the first of them, from 1
 */
record CsvPlace(Path file, int line) {}
