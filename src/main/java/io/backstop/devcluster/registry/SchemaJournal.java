package io.backstop.devcluster.registry;

/** Keeps changes beyond the life of the process, or does not. */
interface SchemaJournal extends AutoCloseable {

  /**
   * Returns when the change is safe.
   *
   * @throws RegistryError when it could not be written
   */
  void append(SchemaEvent event);

  @Override
  void close();

  /** For a registry that forgets. */
  static SchemaJournal none() {
    return new SchemaJournal() {
      @Override
      public void append(SchemaEvent event) {}

      @Override
      public void close() {}
    };
  }
}
