/**
 * An in-process schema registry with Confluent's HTTP API, for development and tests. {@link
 * io.backstop.devcluster.registry.SchemaStore} is the pure model, {@code SchemaJournal} keeps it,
 * {@code RegistryRoutes} is the table of endpoints.
 */
package io.backstop.devcluster.registry;
