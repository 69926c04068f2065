package io.backstop.config;

import java.util.List;
import java.util.Optional;

/**
 * Where one fallback target puts things. A request names places of the service that it was meant
 * for, which another service does not know.
 */
public interface FallbackPlace {

  @Doc("Trello list, Google task list (@default when absent), Notion database.")
  Optional<String> container();

  @Doc("E-mail addresses, or the Slack channel.")
  Optional<List<String>> recipients();

  @Doc("Google Drive folder; the root when absent.")
  Optional<String> folder();

  @Doc("Google spreadsheet.")
  Optional<String> document();

  @Doc("Range in A1 notation.")
  Optional<String> range();
}
