package io.backstop.devcluster.registry;

/**
 * The store and its journal together: a change is on disk before anyone can see it.
 *
 * @param store read it freely, change it through {@link #record} alone
 */
record SchemaLedger(SchemaStore store, SchemaJournal journal) {

  void record(SchemaEvent event) {
    journal.append(event);
    store.apply(event);
  }
}
